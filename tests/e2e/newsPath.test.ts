import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fireCron } from "../../cron-triggers/fireCron.ts";
import { SWEEP_CRON } from "../../cron-triggers/schedule.ts";
import { groupMembers } from "../../functions/local/processes/processIdentity.ts";
import { liveRun } from "../../functions/local/stack/runFile.ts";
import { urlOf } from "../../functions/local/stack/settings.ts";
import type { TaskInstance } from "../../shared/contracts/dags.ts";
import { type NewsArticleView, type NewsSourceStateView, newsSourceCollectionSchema } from "../../shared/contracts/news.ts";
import { HOUR, type Instant, MINUTE, SECOND } from "../../shared/domain/instant.ts";
import { NEWS_FEATURES } from "../../shared/features/news/newsView.ts";
import { sandboxNewsSources } from "../../shared/news/feeds/newsSources.ts";
import { select } from "../kill/driveMove.ts";
import { type KeptStack, startKeptStack } from "../kill/keptStack.ts";
import { hasLlama } from "../support/sidecar/llamaOrSkip.ts";
import { isFingpt, sentimentHealth, waitForSentiment } from "../support/sidecar/sentimentClient.ts";
import { writeTinyModel } from "../support/sidecar/tinyGguf.ts";
import type { FxResult } from "../support/stack/fxProcess.ts";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";
import { sendFault, until } from "../support/stack/stackControl.ts";
import { hostOfBuild } from "../support/stack/testBuild.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/**
 * The news path on the production's parts: sites, Worker, sidecar and llama.cpp are real processes. What faults of a site lead to, one by
 * one, is in tests/contract/newsCollection.test.ts; here one of them meets the whole stack.
 */

const PIPELINE = "news_feature_pipeline";
const INSTRUMENT = "USD_SGD";
/** The tick whose collection is the first; its articles are known some seconds after it. */
const TICK = Date.UTC(2026, 6, 15, 12, 50);
/** When they are read: the hours' rows behind them are due. Windows of more than an hour do not wait for the collection of their minute. */
const LATER = TICK + 75 * MINUTE;
/** With two pages a site and run, some articles are left for each of the collections. */
const PAGES = 2;
const BROKEN = "northgate_markets";

const llama = await hasLlama();
const workplace = createFxWorkplace();
const folder = workplace.store("news");
let stack: KeptStack;
/** The stack's parts read it when they start: what is set later holds for those that are started again. */
let environment: Record<string, string>;

const fx = (...args: string[]): Promise<FxResult> => workplace.run([...args, "--store", folder]);

function slowlyReadSites(sandbox_url: string): string {
  return JSON.stringify(
    sandboxNewsSources(sandbox_url).map((source) => ({ ...source, politeness: { ...source.politeness, max_pages: PAGES } })),
  );
}

async function orderFault(order: object): Promise<void> {
  expect((await sendFault(workplace.stackOf(folder), { method: "POST", body: JSON.stringify(order) })).status).toBe(201);
}

/** The end of a run, with the sweeps that a minute would bring. */
async function untilEnded(dag_id: string, run_id: string): Promise<readonly TaskInstance[]> {
  await until(`the end of ${dag_id} ${run_id}`, async () => {
    const { state } = await stack.client.run(dag_id, run_id);
    return state === "success" || state === "failed" ? state : null;
  });
  return stack.client.tasks(dag_id, run_id);
}

async function trigger(dag_id: string, run_id: string, start: Instant, end: Instant): Promise<void> {
  await stack.client.triggerRun({ dag_id, run_id, start, end, conf: {}, run_type: "manual" });
}

/** The next whole second, once it is there: what was done before lies within an interval that ends with it. */
async function soon(): Promise<Instant> {
  const end = Math.ceil(stack.now() / SECOND) * SECOND;
  await sleep(end - stack.now() + 1);
  return end;
}

async function collect(run_id: string): Promise<readonly TaskInstance[]> {
  const end = await soon();
  await trigger("data_collection", run_id, end - 10 * MINUTE, end);
  return untilEnded("data_collection", run_id);
}

async function articles(): Promise<readonly NewsArticleView[]> {
  return (await stack.client.news({ limit: 500, relevant: "true" })).articles;
}
const enginesOf = (found: readonly NewsArticleView[]) => [...new Set(found.map(({ reading }) => reading?.engine ?? "none"))].toSorted();

async function sources(): Promise<readonly NewsSourceStateView[]> {
  const response = await fetch(`${stack.worker_url}/api/news/sources`);
  return newsSourceCollectionSchema.parse(await response.json()).sources;
}

/** The values of each hour's row of news features. */
async function goldRows(): Promise<ReadonlyMap<Instant, string>> {
  const sql = `SELECT event_time, hex(vector) FROM feature_rows WHERE entity = '${INSTRUMENT}' AND view = '${NEWS_FEATURES.name}' ORDER BY event_time`;
  return new Map((await select(stack, sql)).map(([event_time, vector]) => [Number(event_time), String(vector)]));
}

const taskOf = (tasks: readonly TaskInstance[], task_id: string, map_key = "") =>
  tasks.find((task) => task.task_id === task_id && task.map_key === map_key);

beforeAll(async () => {
  environment = { ...(await workplace.environment()), INSTRUMENTS: INSTRUMENT, SIDECAR_GPU: "off", SIDECAR_THREADS: "1" };
  environment["NEWS_FEEDS"] = slowlyReadSites(urlOf(Number(environment["FX_SANDBOX_PORT"])));
  const root = fileURLToPath(new URL("../..", import.meta.url));
  stack = await startKeptStack({ root, folder, env: environment, clock_start: TICK + 10 * SECOND, ...hostOfBuild() });
}, TIME_LIMIT_MS);
afterAll(async () => {
  await stack?.stop();
  workplace.remove();
});

describe("a collection while one site sends its readers to the loopback", () => {
  const run_id = `scheduled__${new Date(TICK).toISOString().replace(".000Z", "Z")}`;
  let tasks: readonly TaskInstance[];
  beforeAll(async () => {
    await orderFault({ kind: "redirect_loopback", site: BROKEN, page: "feed", count: 1_000 });
    await fireCron(stack.cron_url, "*/10 * * * *", TICK);
    tasks = await untilEnded("data_collection", run_id);
  }, TIME_LIMIT_MS);

  it("fails for that site by name, at once, and is done for the other three", async () => {
    const collected = tasks.filter(({ task_id }) => task_id === "collect_news");
    const states = Object.fromEntries(collected.map(({ map_key, state }) => [map_key, state]));
    expect(states).toEqual({ harbour_wire: "success", lion_ledger: "success", meridian_post: "success", [BROKEN]: "failed" });
    expect(taskOf(tasks, "collect_news", BROKEN)?.try_number).toBe(1);
    const found = new Set((await articles()).map(({ source }) => source));
    expect([...found].toSorted()).toEqual(["harbour_wire", "lion_ledger", "meridian_post"]);
  });

  it("says what happened and which site it was, in the state of the sources and in the run's log", async () => {
    const all = await sources();
    for (const { id, feeds } of all)
      expect([id, feeds[0]?.last_error?.code ?? null]).toEqual([id, id === BROKEN ? "address_refused" : null]);
    expect(all.find(({ id }) => id === BROKEN)?.feeds[0]).toMatchObject({ last_success_at: null });
    const { code, stdout } = await fx("logs", "data_collection", run_id);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(new RegExp(`collect_news \\(${BROKEN}\\), try 1: failed .*/news/${BROKEN}/feed\\.xml`));
  });
});

describe("without a model", () => {
  beforeAll(async () => {
    await stack.skipTo(LATER);
    await trigger(PIPELINE, "read_at_first", TICK - HOUR, LATER);
    await untilEnded(PIPELINE, "read_at_first");
  }, TIME_LIMIT_MS);

  it("the lexicon reads the articles, and says that it was it", async () => {
    const found = await articles();
    expect(enginesOf(found)).toEqual(["lexicon"]);
    for (const { reading } of found) expect(reading?.confidence).toBeLessThanOrEqual(0.6);
    const { stdout } = await fx("news", "--source", "lion_ledger");
    expect(stdout).toContain("lexicon");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("every full hour since has its row, in the online store too", async () => {
    const rows = await goldRows();
    expect([...rows.keys()]).toEqual([TICK + 10 * MINUTE, TICK + 70 * MINUTE]);
    const task = taskOf(await stack.client.tasks(PIPELINE, "read_at_first"), "materialize_news", INSTRUMENT);
    expect(task).toMatchObject({ state: "success" });
  });
});

describe.skipIf(!llama)("once the sidecar has a model", () => {
  let before: ReadonlyMap<Instant, string>;
  let lexicons: readonly NewsArticleView[];
  let tasks: readonly TaskInstance[];
  beforeAll(async () => {
    [before, lexicons] = [await goldRows(), await articles()];
    const files = writeTinyModel(workplace.folder);
    Object.assign(environment, { FINGPT_BASE_GGUF: files.base, FINGPT_LORA_GGUF: files.adapter });
    stack.kill("gpu-sidecar");
    await Promise.all([stack.untilUp().then(() => waitForSentiment(urlOf(stack.plan.ports.sidecar), isFingpt)), collect("second")]);
    await trigger(PIPELINE, "read_by_fingpt", LATER - HOUR, await soon());
    tasks = await untilEnded(PIPELINE, "read_by_fingpt");
    await until("FinGPT's reading of all articles", async () => {
      await fireCron(stack.cron_url, SWEEP_CRON, Math.floor(stack.now() / MINUTE) * MINUTE);
      return enginesOf(await articles()).join() === "fingpt" ? true : null;
    });
  }, TIME_LIMIT_MS);

  it("the next run reads what is new with FinGPT, and asks for the rest as a reprocess, which becomes a backfill", async () => {
    const { state, report } = taskOf(tasks, "score_articles") ?? {};
    expect(state).toBe("success");
    expect(report).toMatchObject({ lexicon: 0, rescore: { start: expect.any(Number) } });
    const backfills = await select(stack, "SELECT dag_id, reason FROM backfills");
    expect(backfills).toEqual([[PIPELINE, expect.stringContaining("rescore")]]);
  });

  it("all articles that the lexicon had read are FinGPT's, and the rows of the past are built of its readings", async () => {
    const after = new Map((await articles()).map((article) => [article.article_id, article]));
    const changed = lexicons.map(({ article_id, reading }) => [reading?.sentiment_score, after.get(article_id)?.reading?.sentiment_score]);
    expect(changed.some(([old, score]) => score !== undefined && score !== old)).toBe(true);
    await until("rows built anew", async () => {
      const rows = await goldRows();
      return [...before].every(([event_time, vector]) => rows.has(event_time) && rows.get(event_time) !== vector) ? true : null;
    });
  });
});

describe.skipIf(!llama)("when the sidecar dies while it reads, and comes back without its model", () => {
  let attempts: Awaited<ReturnType<KeptStack["client"]["attempts"]>>;
  let unread: readonly NewsArticleView[];
  beforeAll(async () => {
    await collect("third");
    unread = (await articles()).filter(({ reading }) => reading === null);
    const held = holdModel();
    await trigger(PIPELINE, "interrupted", LATER - HOUR, await soon());
    const task = (state: string) => async () => {
      const found = taskOf(await stack.client.tasks(PIPELINE, "interrupted"), "score_articles");
      return found?.state === state ? found : null;
    };
    await until("a reading under way", async () => {
      const { queued, running } = await sentimentHealth(urlOf(stack.plan.ports.sidecar));
      return queued + running > 0 ? true : null;
    });
    for (const name of ["FINGPT_BASE_GGUF", "FINGPT_LORA_GGUF"]) delete environment[name];
    stack.kill("gpu-sidecar");
    for (const pid of held) process.kill(pid, "SIGKILL");
    await stack.untilUp();
    const waiting = await until("the next try", task("up_for_retry"));
    await stack.skipTo(Date.parse(waiting.not_before ?? "") + SECOND, ["worker", "ticker"]);
    await fireCron(stack.cron_url, SWEEP_CRON, Math.floor(stack.now() / MINUTE) * MINUTE);
    await untilEnded(PIPELINE, "interrupted");
    attempts = await stack.client.attempts(PIPELINE, "interrupted", "score_articles", "");
  }, TIME_LIMIT_MS);

  it("the first try tells of the lost sidecar, the second has the lexicon read and says why", () => {
    expect(attempts.map(({ state }) => state)).toEqual(["failed", "success"]);
    expect(JSON.stringify(attempts[0])).toMatch(/sidecar.*cannot be reached/);
    expect(JSON.stringify(attempts[1])).toMatch(/The lexicon reads.*FINGPT_BASE_GGUF/);
  });

  it("what it read is marked as the lexicon's, and nothing of FinGPT's is lost", async () => {
    expect(unread.length).toBeGreaterThan(0);
    const found = new Map((await articles()).map((article) => [article.article_id, article]));
    for (const { article_id } of unread) expect(found.get(article_id)?.reading?.engine).toBe("lexicon");
    const others = [...found.values()].filter(({ article_id }) => !unread.some((one) => one.article_id === article_id));
    expect(enginesOf(others)).toEqual(["fingpt"]);
  });
});

/** Stops the model's process, so that readings are under way until something happens to them. Returns what is to be ended. */
function holdModel(): number[] {
  const sidecar = liveRun(folder)?.parts.find(({ name }) => name === "gpu-sidecar");
  const children = groupMembers(sidecar?.pid ?? -1).filter(({ pid }) => pid !== sidecar?.pid);
  for (const { pid } of children) process.kill(pid, "SIGSTOP");
  return children.map(({ pid }) => pid);
}
