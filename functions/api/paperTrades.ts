import {
  DEFAULT_TRADE_SPAN_MS,
  listPaperTrades,
  MAX_TRADE_SPAN_MS,
  type PaperTradeCollection,
} from "../../shared/contracts/paperTrades.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { DAY, toIso } from "../../shared/domain/instant.ts";
import { nextMarketOpen } from "../../shared/domain/marketCalendar.ts";
import { AppError } from "../../shared/errors.ts";
import { isInTime } from "../../shared/monitoring/forecast.ts";
import { type RuleTrade, ruleTrades } from "../../shared/monitoring/ruleTrading.ts";
import { servedForecasts } from "../pipelines/monitoring/servedForecasts.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KnownInstruments } from "./instruments.ts";

/** The trades behind the readings of the monitoring's check `business`. */
export function paperTradeRoutes(ports: Ports, known: KnownInstruments): MountedRoute {
  return handle(listPaperTrades, async ({ query: { instrument, from, to } }): Promise<PaperTradeCollection> => {
    await known.require(instrument);
    const end = Math.min(to ?? ports.clock.now(), ports.clock.now());
    const start = from ?? end - DEFAULT_TRADE_SPAN_MS;
    requireSpan(start, to ?? end);
    // One that begins after this moment holds nothing.
    const decided = start < end ? await servedForecasts(ports, instrument, end, end - start) : [];
    const forecasts = decided.filter(isInTime);
    const rule = ports.config.trading_rule;
    return {
      instrument,
      ...{ from: toIso(start), to: toIso(to ?? end) },
      rule: { long_above: rule.long_above, short_below: rule.short_below },
      ...{ forecasts: decided.length, late: decided.length - forecasts.length },
      trades: viewsOf(ruleTrades(forecasts, rule)),
    };
  });
}

function viewsOf(trades: readonly RuleTrade[]): PaperTradeCollection["trades"] {
  let [total_gross_bp, total_net_bp] = [0, 0];
  return trades.map(({ forecast, side, gross_bp, net_bp }) => {
    total_gross_bp += gross_bp ?? 0;
    total_net_bp += net_bp ?? 0;
    return {
      entered_at: toIso(nextMarketOpen(forecast.event_time)),
      left_at: toIso(forecast.decided_at),
      side: side === 1 ? "long" : "short",
      prediction: forecast.probability,
      model_version: forecast.model_version,
      ...{ gross_bp, net_bp, total_gross_bp, total_net_bp },
    };
  });
}

function requireSpan(start: number, end: number): void {
  const invalid = (message: string) => new AppError("invalid_request", `from: ${message}`, { status: 422, details: { field: "from" } });
  if (start >= end) throw invalid("it must lie before to");
  if (end - start > MAX_TRADE_SPAN_MS) throw invalid(`at most ${MAX_TRADE_SPAN_MS / DAY} days may lie between from and to`);
}
