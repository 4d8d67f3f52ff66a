import { countOf, numberOf, percentOf } from "../../../dashboards/web/src/format/number.ts";
import { durationOf } from "../../../dashboards/web/src/format/time.ts";
import { figureOf } from "../../../dashboards/web/src/pages/features/figureOf.ts";
import { estimateText, NET_FORM, shareText } from "./figureForms.ts";
import { cellText, marked, partOf, textOf } from "./figurePlaces.ts";
import { type FigureSources, type Interval, intervalOf, metricOfProduction } from "./figureSources.ts";
import type { PageFigure, PageOfFigures } from "./pageFigure.ts";

/** Models, Features, News and Pipelines. */
export async function workFigures(sources: FigureSources): Promise<readonly PageOfFigures[]> {
  const [version, moment, article, run] = await Promise.all([
    versionInProduction(sources),
    newestRow(sources),
    readArticle(sources),
    newestRun(sources),
  ]);
  return [
    { address: `/ui/models/${sources.model}/${version}`, figures: versionFigures(sources, version) },
    {
      address: `/ui/features?show=row&of=${VIEW}&instrument=${sources.pair}&at=${new Date(moment).toISOString()}`,
      figures: rowFigures(sources, moment),
    },
    { address: `/ui/news/${article}`, figures: articleFigures(sources, article) },
    { address: "/ui/pipelines", figures: [recentRuns(sources)] },
    { address: `/ui/pipelines/${RUNS_OF}/${encodeURIComponent(run)}`, figures: runFigures(sources, run) },
  ];
}

async function versionInProduction({ row, model }: FigureSources): Promise<string> {
  const found = await row("SELECT version FROM model_versions WHERE name = :model AND current_stage = 'Production'", { model });
  return String(found["version"]);
}

interface Evaluation {
  readonly hours: {
    readonly outside_rollover: {
      readonly compared: { readonly model: { readonly n: number; readonly accuracy: Interval; readonly log_loss: Interval } };
      readonly net: { readonly net_bp: Interval };
    };
  };
}

interface Outcomes {
  readonly confusion: { readonly outside_rollover: { readonly said_rise_came_rise: number } };
}

const GATE = "leak_check";
const BESIDE = "The version beside its baselines, outside the rollover";
const CONFUSION = "Confusion matrix, outside the rollover";

function versionFigures(sources: FigureSources, version: string): readonly PageFigure[] {
  const { ask, row, model } = sources;
  const base = `/api/models/${model}/versions/${version}`;
  const evaluation = async () => (await ask<Evaluation>("GET", `${base}/evaluation`)).hours.outside_rollover;
  const metric = (key: string) => metricOfProduction(sources, `outside_rollover_${key}`);
  const number = async (key: string) => Number((await metric(key))["value"]);
  const log_loss = (of: Interval) => estimateText(of, { digits: 4 });
  const net = (of: Interval) => estimateText(of, NET_FORM);
  const measured = (text: string) => partOf(text, /^(?:passed|failed): (.*)$/s);
  return [
    {
      name: "models: accuracy",
      shown: (page) => cellText(page, BESIDE, "this version", "accuracy"),
      answered: async () => shareText((await evaluation()).compared.model.accuracy),
      stored: async () => shareText(intervalOf(await metric("accuracy"))),
    },
    {
      name: "models: log loss",
      shown: (page) => cellText(page, BESIDE, "this version", "log loss, nats"),
      answered: async () => log_loss((await evaluation()).compared.model.log_loss),
      stored: async () => log_loss(intervalOf(await metric("log_loss"))),
    },
    {
      name: "models: net of a trade",
      shown: async (page) => partOf(await textOf(page.getByText(/^[\d,]+ rows, of which/)), /direction left (.*) a trade after/),
      answered: async () => net((await evaluation()).net.net_bp),
      stored: async () => net(intervalOf(await metric("net_bp"))),
    },
    {
      name: "models: rows that it was judged on",
      shown: async (page) => partOf(await textOf(page.getByText(/^[\d,]+ rows, of which/)), /^(\S+) rows/),
      answered: async () => countOf((await evaluation()).compared.model.n),
      stored: async () => countOf(await number("oof_rows")),
    },
    {
      name: `models: what ${GATE} measured`,
      shown: (page) => cellText(page, "Checks of model_validation", "Is its accuracy plausible", "what it measured"),
      answered: async () => {
        const { versions } = await ask<{ versions: { version: string; tags: Record<string, string> }[] }>("GET", `/api/models/${model}`);
        return measured(versions.find((one) => one.version === version)!.tags[GATE]!);
      },
      stored: async () => {
        const args = { model, version, gate: GATE };
        const found = await row("SELECT value FROM model_version_tags WHERE name = :model AND version = :version AND key = :gate", args);
        return measured(String(found["value"]));
      },
    },
    {
      name: "models: rises that were said and came",
      shown: async (page) => partOf(await cellText(page, CONFUSION, "rise", "a rise came"), /([\d,]+) /),
      answered: async () => countOf((await ask<Outcomes>("GET", `${base}/outcomes`)).confusion.outside_rollover.said_rise_came_rise),
      // No table holds it; F1, 2 TP / (2 TP + FP + FN), and the rows that were wrong, FP + FN, leave one number.
      stored: async () => {
        const [rows, accuracy, f1] = await Promise.all([number("oof_rows"), number("accuracy"), number("f1")]);
        return countOf(Math.round((f1 * Math.round(rows * (1 - accuracy))) / (2 * (1 - f1))));
      },
    },
  ];
}

const VIEW = "market_features";
/** One that changes with every bar, and is of another size for every pair. */
const FEATURE = "mid";

const NEWEST_ROW = `SELECT r.event_time, r.vector, v.features FROM feature_rows r
  JOIN feature_views v ON v.view = r.view AND v.schema_hash = r.schema_hash
  WHERE r.view = :view AND r.entity = :pair ORDER BY r.event_time DESC, r.created_time DESC LIMIT 1`;

async function newestRow({ row, pair }: FigureSources): Promise<number> {
  return Number((await row(NEWEST_ROW, { pair, view: VIEW }))["event_time"]);
}

function rowFigures({ ask, row, pair }: FigureSources, moment: number): readonly PageFigure[] {
  const features = [`${VIEW}:${FEATURE}`];
  const stored = async () => {
    const { vector, features: named } = await row(NEWEST_ROW, { pair, view: VIEW });
    const place = (JSON.parse(String(named)) as readonly { readonly name: string }[]).findIndex(({ name }) => name === FEATURE);
    return figureOf(new DataView(vector as ArrayBuffer).getFloat64(place * 8, true));
  };
  const caption = `Row of ${pair} in ${VIEW}, then and now`;
  return [
    {
      name: `features: ${FEATURE} at a moment`,
      shown: (page) => cellText(page, caption, FEATURE, "known then"),
      answered: async () => {
        const body = {
          ...{ features, full_feature_names: true, format: "ndjson" },
          entities: { instrument: [pair], event_timestamp: [new Date(moment).toISOString()] },
        };
        return figureOf((await ask<Record<string, number>>("POST", "/get-historical-features", body))[`${VIEW}__${FEATURE}`]);
      },
      stored,
    },
    {
      name: `features: ${FEATURE} online`,
      shown: (page) => cellText(page, caption, FEATURE, "online now"),
      answered: async () => {
        const body = { features, full_feature_names: true, entities: { instrument: [pair] } };
        const { results, metadata } = await ask<{ results: { values: number[] }[]; metadata: { feature_names: string[] } }>(
          "POST",
          "/get-online-features",
          body,
        );
        return figureOf(results[metadata.feature_names.indexOf(`${VIEW}__${FEATURE}`)]!.values[0]);
      },
      stored,
    },
  ];
}

/** The one that was read with the strongest opinion. */
async function readArticle({ row }: FigureSources): Promise<string> {
  const found = await row(
    "SELECT article_id FROM news_silver ORDER BY abs(sentiment_score) + abs(sgd_directional_signal) DESC, article_id LIMIT 1",
  );
  return String(found["article_id"]);
}

function articleFigures({ ask, row }: FigureSources, article: string): readonly PageFigure[] {
  type Reading = { readonly sentiment_score: number; readonly confidence: number; readonly sgd_directional_signal: number };
  const answered = async () => (await ask<{ reading: Reading }>("GET", `/api/news/articles/${article}`)).reading;
  const stored = async () => (await row("SELECT * FROM news_silver WHERE article_id = :article", { article })) as unknown as Reading;
  const score = (value: number) => numberOf(value, { digits: 2, is_signed: true });
  return [
    ["sentiment", "sentiment_score", score] as const,
    ["confidence", "confidence", (value: number) => percentOf(value, 0)] as const,
    ["Singapore dollar", "sgd_directional_signal", score] as const,
  ].map(([name, field, form]) => ({
    name: `news: ${name} of an article`,
    shown: (page) => marked(page, name),
    answered: async () => form((await answered())[field]),
    stored: async () => form((await stored())[field]),
  }));
}

const RUNS_OF = "market_feature_pipeline";
const RECENT = 25;

function recentRuns({ ask, row }: FigureSources): PageFigure {
  const form = (succeeded: number, ended: number) => `${succeeded} of ${ended}`;
  return {
    name: "pipelines: runs that succeeded",
    shown: async (page) => partOf(await cellText(page, "Pipelines", RUNS_OF, `succeeded of the last ${RECENT}`), /(\d+ of \d+)/),
    answered: async () => {
      const { dag_runs } = await ask<{ dag_runs: { state: string }[] }>("GET", `/api/v2/dags/${RUNS_OF}/dagRuns?limit=${RECENT}`);
      const count = (...states: string[]) => dag_runs.filter(({ state }) => states.includes(state)).length;
      return form(count("success"), count("success", "failed"));
    },
    stored: async () => {
      const { succeeded, ended } = await row(
        `SELECT sum(state = 'success') AS succeeded, sum(state IN ('success', 'failed')) AS ended
          FROM (SELECT state FROM dag_runs WHERE dag_id = :dag ORDER BY data_interval_end DESC LIMIT ${RECENT})`,
        { dag: RUNS_OF },
      );
      return form(Number(succeeded), Number(ended));
    },
  };
}

async function newestRun({ row }: FigureSources): Promise<string> {
  const found = await row(
    "SELECT run_id FROM dag_runs WHERE dag_id = :dag AND end_date IS NOT NULL ORDER BY data_interval_end DESC, run_id LIMIT 1",
    { dag: RUNS_OF },
  );
  return String(found["run_id"]);
}

function runFigures({ ask, row }: FigureSources, run: string): readonly PageFigure[] {
  type Run = { readonly start_date: string; readonly end_date: string; readonly failed_tasks: number; readonly skipped_tasks: number };
  const answered = () => ask<Run>("GET", `/api/v2/dags/${RUNS_OF}/dagRuns/${encodeURIComponent(run)}`);
  const args = { dag: RUNS_OF, run };
  return [
    {
      name: "pipelines: duration of a run",
      shown: (page) => marked(page, "duration"),
      answered: async () => {
        const { start_date, end_date } = await answered();
        return durationOf(Date.parse(end_date) - Date.parse(start_date));
      },
      stored: async () => {
        const found = await row("SELECT end_date - start_date AS ms FROM dag_runs WHERE dag_id = :dag AND run_id = :run", args);
        return durationOf(Number(found["ms"]));
      },
    },
    {
      name: "pipelines: tasks of a run that failed or were skipped",
      shown: (page) => marked(page, "tasks that failed / were skipped"),
      answered: async () => {
        const { failed_tasks, skipped_tasks } = await answered();
        return `${failed_tasks} / ${skipped_tasks}`;
      },
      stored: async () => {
        const { failed, skipped } = await row(
          `SELECT sum(state IN ('failed', 'upstream_failed')) AS failed, sum(state = 'skipped') AS skipped
            FROM task_instances WHERE dag_id = :dag AND run_id = :run`,
          args,
        );
        return `${failed} / ${skipped}`;
      },
    },
  ];
}
