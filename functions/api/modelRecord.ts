import { judgeRecord } from "../../shared/backtest/judgeRecord.ts";
import { MAX_RECORD_MS, readModelRecord } from "../../shared/contracts/modelRecord.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { DAY, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { DirectionEvaluation } from "../../shared/metrics/evaluateDirection.ts";
import type { Interval } from "../../shared/metrics/interval.ts";
import { presentModelName, readModelName } from "../../shared/models/modelName.ts";
import { whyNeverServed } from "../../shared/models/pool.ts";
import type { Ports } from "../pipelines/ports.ts";
import { productionRecord } from "../pipelines/validation/productionRecord.ts";
import type { KnownInstruments } from "./instruments.ts";

const YEAR = 365 * DAY;

export function modelRecordRoutes(ports: Ports, known: KnownInstruments): MountedRoute[] {
  return [
    handle(readModelRecord, async ({ params, query }) => {
      const name = presentModelName(params.name);
      const named = readModelName(name);
      const never = whyNeverServed(name);
      if (never !== null) throw noRecord(`name: ${name} has no record of what was in Production: ${never}.`);
      if (named === null || !(await known.list()).includes(named.instrument)) {
        throw noRecord(`name: no model is called "${name.slice(0, 80)}".`);
      }
      const window = windowOf(query, ports.clock.now());
      const rule = ports.config.trading_rule;
      const { rows, versions } = await productionRecord(ports, named, window);
      const { model, baselines, log_loss_minus, by_rule, breakdown, ...judged } = judgeRecord(rows, rule);
      return {
        name,
        instrument: named.instrument,
        from: toIso(window.start),
        to: toIso(window.end),
        versions: [...versions],
        model: scoresOf(model),
        baselines: mapValues(baselines, scoresOf),
        log_loss_minus: mapValues(log_loss_minus, intervalOf),
        breakdown: [...breakdown],
        by_rule: { ...by_rule, rule: { ...rule } },
        ...judged,
      };
    }),
  ];
}

function noRecord(message: string): AppError {
  return new AppError("unknown_model", message, { status: 404, details: { field: "name" } });
}

function windowOf({ from, to }: { readonly from?: number | undefined; readonly to?: number | undefined }, now: number): TimeWindow {
  const end = Math.min(to ?? now, now);
  const start = from ?? end - YEAR;
  if (start >= end) throw wrongSpan(`from: ${toIso(start)} does not lie before ${to === undefined ? "now" : "to"}, ${toIso(end)}.`);
  if (end - start > MAX_RECORD_MS) throw wrongSpan(`from: a record is of at most ${MAX_RECORD_MS / DAY} days; ask for one after another.`);
  return { start, end };
}

function wrongSpan(message: string): AppError {
  return new AppError("invalid_request", message, { status: 422, details: { field: "from" } });
}

function scoresOf({ accuracy, log_loss, brier, auc }: DirectionEvaluation) {
  return { accuracy, log_loss, brier, auc };
}

function intervalOf(interval: Interval | null): Interval | null {
  return interval && { estimate: interval.estimate, low: interval.low, high: interval.high };
}

function mapValues<Key extends string, From, To>(record: Readonly<Record<Key, From>>, map: (value: From) => To): Record<Key, To> {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, map(value)])) as Record<Key, To>;
}
