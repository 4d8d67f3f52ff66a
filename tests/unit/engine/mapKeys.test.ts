import { beforeEach, describe, expect, it } from "vitest";
import { mapKeysAsked } from "../../../functions/engine/requireMapKeys.ts";
import type { RunSlice, SliceContext } from "../../../shared/dag/step.ts";
import { DAY, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, keyOf, REQUEST, type TaskDraft } from "../../support/engine/pipelineFixtures.ts";

/** Two chains side by side, which meet in a task over instruments. */
const TASKS: readonly TaskDraft[] = [
  { task_id: "candles", map_over: "instrument", retries: 0 },
  { task_id: "news", map_over: "source", retries: 0 },
  { task_id: "parse", map_over: "source", upstream: ["news"] },
  { task_id: "gold", map_over: "instrument", upstream: ["candles", "parse"] },
];

const START = Date.UTC(2025, 5, 20);
let fails: (context: SliceContext) => boolean;
let seen: Record<string, unknown>;
beforeEach(() => {
  fails = () => false;
  seen = {};
});

const work: RunSlice<null> = async (_ports, context) => {
  if (fails(context)) throw new AppError("invalid_candle", "bad");
  if (context.task_id === "gold") seen[context.map_key] = [context.upstream("candles"), context.upstreamAll("parse")];
  return { kind: "success", report: { made_by: context.task_id + context.map_key } };
};
const open = (over = {}) => openOrchestration([dagOf(TASKS, over), dagOf([{ task_id: "x" }], { dag_id: "plain" })], { step: work });
const body = (over = {}) => ({ dag_id: "d", from_date: toIso(START), to_date: toIso(START + DAY), step: "1d", ...over });

describe("tasks over instruments and over sources", () => {
  it("have an instance each of their own keys, and of the other dimension depend on all", async () => {
    const { engine, finish, statesOf } = await open();
    await engine.triggerRun(REQUEST);
    await finish();
    expect(Object.keys(await statesOf()).sort()).toEqual(
      ["candles", "gold"].flatMap((id) => [`${id}/EUR_USD`, `${id}/USD_SGD`]).concat("news/blog", "news/wire", "parse/blog", "parse/wire"),
    );
    expect(new Set(Object.values(await statesOf()))).toEqual(new Set(["success"]));
    const parsed = { blog: { made_by: "parseblog" }, wire: { made_by: "parsewire" } };
    expect(seen).toEqual({ EUR_USD: [{ made_by: "candlesEUR_USD" }, parsed], USD_SGD: [{ made_by: "candlesUSD_SGD" }, parsed] });
  });

  it("fail within their own key, up to where the dimensions meet", async () => {
    const { engine, finish, statesOf, control } = await open();
    fails = ({ map_key }) => map_key === "blog";
    await engine.triggerRun(REQUEST);
    await finish();
    expect(await statesOf()).toMatchObject({
      "news/blog": "failed",
      "parse/blog": "upstream_failed",
      "parse/wire": "success",
      "candles/EUR_USD": "success",
      "gold/EUR_USD": "upstream_failed",
      "gold/USD_SGD": "upstream_failed",
    });
    const clear = { dag_run_id: "r", task_ids: [["news", "blog"] as [string, string]], only_failed: true, include_downstream: true };
    const named = (await control.clear("d", clear)).task_instances.map((one) => `${one.task_id}/${one.map_key}`);
    expect(named).toEqual(["gold/EUR_USD", "gold/USD_SGD", "news/blog", "parse/blog"]);
    const upstream = { dag_run_id: "r", task_ids: [["gold", "EUR_USD"] as [string, string]], only_failed: false, include_upstream: true };
    const needed = (await control.clear("d", upstream)).task_instances.map((one) => `${one.task_id}/${one.map_key}`);
    expect(needed).toEqual(["candles/EUR_USD", "gold/EUR_USD", "news/blog", "news/wire", "parse/blog", "parse/wire"]);
  });

  it("explain whom they wait for: every source, and the own instrument", async () => {
    const { engine, control } = await open();
    await engine.triggerRun(REQUEST);
    const { dependencies } = await control.dependencies(keyOf("gold", "EUR_USD"));
    expect(dependencies.map((one) => one.reason.match(/waits for (.*), which/)?.[1])).toEqual([
      "candles (EUR_USD)",
      "parse (blog)",
      "parse (wire)",
    ]);
  });

  it("are narrowed each on its own", async () => {
    const { engine, ledger } = await open();
    const keysOf = async (run_id: string) => (await ledger.taskInstances("d", run_id)).map((one) => one.map_key);
    await engine.triggerRun({ ...REQUEST, run_id: "a", map_keys: { instrument: ["USD_SGD"] } });
    expect(new Set(await keysOf("a"))).toEqual(new Set(["USD_SGD", "blog", "wire"]));
    await engine.triggerRun({ ...REQUEST, run_id: "b", map_keys: { source: ["blog"] } });
    expect(new Set(await keysOf("b"))).toEqual(new Set(["EUR_USD", "USD_SGD", "blog"]));
  });

  it("cover an interval only with all that was asked for", async () => {
    const { backfills, finish } = await open();
    await backfills.create(body({ map_keys: ["USD_SGD"] }));
    await finish();
    const action = async (over: object) => (await backfills.dryRun(body(over))).backfills[0]?.action;
    expect(await action({ map_keys: ["USD_SGD"] })).toBe("skip");
    expect(await action({ map_keys: ["USD_SGD"], sources: ["wire"] })).toBe("skip");
    expect(await action({})).toBe("create");
    const { id } = await backfills.create(body({ sources: ["wire"], reprocess_behavior: "completed" }));
    await finish();
    expect(await backfills.get(id)).toMatchObject({ map_keys: null, sources: ["wire"], state: "completed", progress: { success: 1 } });
    expect(await action({ sources: ["wire"] })).toBe("skip");
    expect(await action({})).toBe("create");
  });

  it.each([
    [{ sources: ["reuters"] }, 'sources: "reuters" is not a configured news source. Configured: wire, blog.'],
    [{ sources: ["wire", "wire"] }, "sources: each may be given once."],
    [{ dag_id: "plain", sources: ["wire"] }, "sources: plain has no tasks over sources."],
    [{ sources: ["A wire"] }, "sources.0: expected the id of a news source: lower case letters, digits and underscores."],
  ])("refuse %j", async (over, message) => {
    const { backfills } = await open();
    await expect(backfills.create(body(over))).rejects.toMatchObject({ code: "invalid_request", status: 422, message });
  });

  it("take instruments of a pipeline without any for no matter", async () => {
    const { backfills, finish } = await open();
    const { id } = await backfills.create(body({ dag_id: "plain", map_keys: ["USD_SGD"] }));
    await finish();
    expect((await backfills.get(id)).progress).toMatchObject({ success: 1 });
  });

  it("may have no key at all when no source is configured", async () => {
    const world = await openOrchestration([dagOf(TASKS)], {
      step: work,
      over: { default_map_keys: { instrument: ["EUR_USD"], source: [] } },
    });
    await world.engine.triggerRun(REQUEST);
    await world.finish();
    expect(await world.statesOf()).toEqual({ "candles/EUR_USD": "success", "gold/EUR_USD": "success" });
  });

  it("never share a key", async () => {
    const over = { default_map_keys: { instrument: ["EUR_USD"], source: ["EUR_USD"] } };
    await expect(openOrchestration([dagOf(TASKS)], { over })).rejects.toThrow('"EUR_USD" is both an instrument and a news source');
  });
});

describe("a run whose conf says what it is of", () => {
  const dag = { ...dagOf(TASKS), mapKeysOf: ({ of }: Readonly<Record<string, unknown>>) => (of ? { instrument: of as string[] } : null) };
  const conf = { of: ["EUR_USD", "USD_SGD"] };

  it("is of all of these, or of those of them that are asked for", () => {
    expect(mapKeysAsked(dag, { conf })).toEqual({ instrument: ["EUR_USD", "USD_SGD"] });
    expect(mapKeysAsked(dag, { conf, map_keys: { instrument: ["USD_SGD"] } })).toEqual({ instrument: ["USD_SGD"] });
    expect(mapKeysAsked(dag, { conf: {}, map_keys: { instrument: ["GBP_USD"] } })).toEqual({ instrument: ["GBP_USD"] });
    expect(mapKeysAsked(dag, { conf: {} })).toBeNull();
  });

  it("is of no other", () => {
    const map_keys = { instrument: ["USD_SGD", "GBP_USD"] };
    expect(() => mapKeysAsked(dag, { conf, map_keys })).toThrow(/map_keys: .* says nothing of "GBP_USD": leave them out/);
  });
});
