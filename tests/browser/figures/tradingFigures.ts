import { numberOf, percentOf } from "../../../dashboards/web/src/format/number.ts";
import { pricePrecision } from "../../../shared/domain/legs.ts";
import { NET_FORM, shareText } from "./figureForms.ts";
import { cellText, marked, partOf } from "./figurePlaces.ts";
import { type FigureSources, type Interval, intervalOf, metricOfProduction } from "./figureSources.ts";
import type { PageFigure, PageOfFigures } from "./pageFigure.ts";

/** Now, Market and Predictions. */
export function tradingFigures(sources: FigureSources): readonly PageOfFigures[] {
  const { pair } = sources;
  return [
    { address: "/", figures: [...predictionNow(sources), ...claimNow(sources), alertsNow(sources)] },
    { address: `/ui/market?instrument=${pair}`, figures: newestCandle(sources) },
    { address: `/ui/predictions?instrument=${pair}`, figures: [...served(sources), ...record(sources)] },
  ];
}

interface Predictions {
  readonly predictions: readonly { readonly prediction: number }[];
}

const NEWEST_OF_PIPELINE =
  "SELECT prediction FROM predictions WHERE instrument = :pair AND source = 'pipeline' ORDER BY requested_at DESC LIMIT 1";

function predictionNow({ ask, row, pair }: FigureSources): readonly PageFigure[] {
  const answered = async () =>
    (await ask<Predictions>("GET", `/predictions?instrument=${pair}&source=pipeline&limit=1`)).predictions[0]!.prediction;
  const stored = async () => Number((await row(NEWEST_OF_PIPELINE, { pair }))["prediction"]);
  const up = (share: number) => `${percentOf(share)} up`;
  const confidence = (share: number) => numberOf(2 * Math.abs(share - 0.5), { digits: 3 });
  return [["probability", up] as const, ["confidence", confidence] as const].map(([name, form]) => ({
    name: `now: ${name}`,
    shown: (page) => marked(page.getByRole("region", { name: pair, exact: true }), name),
    answered: async () => form(await answered()),
    stored: async () => form(await stored()),
  }));
}

interface Claim {
  readonly accuracy: Interval;
  readonly baseline: { readonly name: string; readonly accuracy: number };
  readonly net_bp: Interval;
}

/** What a model may say of itself, within its sentence. */
function claimNow(sources: FigureSources): readonly PageFigure[] {
  const { ask, model, pair } = sources;
  const claim = async () => {
    const { models } = await ask<{ models: { name: string; production: Claim }[] }>("GET", "/api/models");
    return models.find(({ name }) => name === model)!.production;
  };
  const metric = (key: string) => metricOfProduction(sources, `outside_rollover_${key}`);
  const value = async (key: string) => Number((await metric(key))["value"]);
  const bounds = ({ low, high }: Interval) => `${numberOf(100 * low, { digits: 1 })} to ${numberOf(100 * high, { digits: 1 })}`;
  const net = ({ estimate }: Interval) => numberOf(estimate, NET_FORM);
  const best = async () => Math.max(...(await Promise.all(["majority", "momentum", "logistic"].map((name) => value(`${name}_accuracy`)))));
  const figure = (name: string, pattern: RegExp, answered: PageFigure["answered"], stored: PageFigure["stored"]): PageFigure => ({
    name: `now: ${name}`,
    shown: async (page) => partOf(await marked(page.getByRole("region", { name: pair, exact: true }), "skill"), pattern),
    ...{ answered, stored },
  });
  return [
    figure(
      "accuracy of the model",
      /right (\S+ %) of the time/,
      async () => percentOf((await claim()).accuracy.estimate),
      async () => percentOf(await value("accuracy")),
    ),
    figure(
      "interval of the accuracy",
      /had not seen \((\S+ to \S+)\)\./,
      async () => bounds((await claim()).accuracy),
      async () => bounds(intervalOf(await metric("accuracy"))),
    ),
    figure(
      "accuracy of the best baseline",
      /: (\S+ %)\. A trade/,
      async () => percentOf((await claim()).baseline.accuracy),
      async () => percentOf(await best()),
    ),
    figure(
      "net of a trade",
      /A trade by it: (\S+ bp) after/,
      async () => net((await claim()).net_bp),
      async () => net(intervalOf(await metric("net_bp"))),
    ),
  ];
}

function alertsNow({ ask, row }: FigureSources): PageFigure {
  return {
    name: "now: alerts that fire",
    shown: async (page) => String(await page.getByRole("table", { name: "Alerts that fire" }).locator("tbody tr").count()),
    answered: async () => String((await ask<{ total_entries: number }>("GET", "/api/alerts?state=firing&limit=1")).total_entries),
    stored: async () => String((await row("SELECT count(*) AS n FROM alerts WHERE state = 'firing'"))["n"]),
  };
}

interface Candle {
  readonly close: number;
  readonly bid_close: number;
  readonly ask_close: number;
  readonly spread_bp: number;
}

const NEWEST_BAR = `SELECT mid_c AS close, bid_c AS bid_close, ask_c AS ask_close, 10000 * (ask_c - bid_c) / mid_c AS spread_bp
  FROM bars WHERE instrument = :pair AND granularity = 'H1' ORDER BY start DESC LIMIT 1`;

function newestCandle({ ask, row, pair }: FigureSources): readonly PageFigure[] {
  const answered = async () => (await ask<{ candles: Candle[] }>("GET", `/api/candles?instrument=${pair}`)).candles.at(-1)!;
  const stored = async () => (await row(NEWEST_BAR, { pair })) as unknown as Candle;
  const price = (value: number) => numberOf(value, { digits: pricePrecision(pair as never) });
  const spread = (value: number) => numberOf(value, { unit: "bp" });
  return [
    ["close", "close", price] as const,
    ["bid", "bid_close", price] as const,
    ["ask", "ask_close", price] as const,
    ["spread", "spread_bp", spread] as const,
  ].map(([name, field, form]) => ({
    name: `market: ${name} of the newest candle`,
    shown: (page) => marked(page, name),
    answered: async () => form((await answered())[field]),
    stored: async () => form((await stored())[field]),
  }));
}

function served({ ask, row, pair }: FigureSources): readonly PageFigure[] {
  const answered = async () => (await ask<Predictions>("GET", `/predictions?instrument=${pair}&limit=50`)).predictions;
  const form = (share: number) => numberOf(share, { digits: 3 });
  return [
    {
      name: "predictions: the newest",
      shown: (page) => cellText(page, "Predictions, the newest first", "", "probability of a rise"),
      answered: async () => form((await answered())[0]!.prediction),
      stored: async () =>
        form(
          Number(
            (await row("SELECT prediction FROM predictions WHERE instrument = :pair ORDER BY requested_at DESC LIMIT 1", { pair }))[
              "prediction"
            ],
          ),
        ),
    },
    {
      name: "predictions: how many",
      shown: async (page) => partOf(await marked(page, "shown"), /^(\d+) shown/),
      answered: async () => String((await answered()).length),
      stored: async () => String((await row("SELECT min(50, count(*)) AS n FROM predictions WHERE instrument = :pair", { pair }))["n"]),
    },
  ];
}

interface Reading {
  readonly metric: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** The accuracy of what was answered, as the monitoring measured it. */
function record({ ask, row, pair }: FigureSources): readonly PageFigure[] {
  const answered = async (metric: string) => {
    const { readings } = await ask<{ readings: Reading[] }>("GET", `/api/monitoring/readings?check=performance&subject=${pair}`);
    return readings.find((one) => one.metric === metric)!;
  };
  const stored = async (metric: string) =>
    (await row(
      `SELECT value, low, high, n FROM monitor_readings WHERE "check" = 'performance' AND subject = :pair AND metric = :metric
        ORDER BY measured_at DESC LIMIT 1`,
      { pair, metric },
    )) as unknown as Reading;
  const figure = (name: string, metric: string, shown: PageFigure["shown"], form: (of: Reading) => string): PageFigure => ({
    ...{ name: `predictions: ${name}`, shown },
    answered: async () => form(await answered(metric)),
    stored: async () => form(await stored(metric)),
  });
  return [
    figure(
      "accuracy of 30 days",
      "accuracy_30d",
      (page) => marked(page, "right"),
      ({ value, low, high }) => shareText({ estimate: value, low, high }),
    ),
    figure(
      "decided answers",
      "accuracy_30d",
      async (page) =>
        partOf((await page.locator(".figure", { has: page.locator('[data-figure="right"]') }).textContent()) ?? "", /of (\d+) decided/),
      ({ n }) => String(n),
    ),
    figure(
      "accuracy of the best baseline",
      "baseline_accuracy_30d",
      (page) => marked(page, "the best baseline"),
      ({ value, low, high }) => shareText({ estimate: value, low, high }),
    ),
  ];
}
