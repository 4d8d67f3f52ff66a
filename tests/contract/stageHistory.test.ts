import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import type { ModelStage, Tracking } from "../../shared/ports/tracking.ts";
import { GATE } from "../support/api/actors.ts";
import { CONTRACT_DATABASES, type ContractDatabase } from "../support/databases/contractDatabases.ts";
import { dropHistoryGuards } from "../support/databases/dropHistoryGuards.ts";

const MODEL = "fx-usdsgd-predictor";
const VERSIONS = ["1", "2", "3", "4"];

describe.each(CONTRACT_DATABASES)("two times of a move, in %s", (name, open) => {
  let opened: ContractDatabase;
  let tracking: Tracking;
  let now = 0;
  beforeAll(async () => {
    opened = await open();
    await dropHistoryGuards(opened.database);
    tracking = createTracking(opened.database, { now: () => now });
  });
  afterAll(() => opened.stop());
  const reset = async () => {
    now = 1_000;
    for (const table of ["store_facts", "model_transitions", "model_version_tags", "model_versions", "registered_models"])
      await opened.database.$client.execute(`DELETE FROM ${table}`);
    for (const version of VERSIONS) await tracking.registerVersion(MODEL, `run-${version}`, "s", 1);
  };
  beforeEach(reset);

  const move = async (recorded_at: number, version: string, stage: ModelStage, effective_at = recorded_at) => {
    now = recorded_at;
    return tracking.transition(MODEL, version, stage, effective_at, `at ${recorded_at}`, GATE);
  };
  const at = async (as_of: number, recorded_until?: number) => (await tracking.productionAt(MODEL, as_of, recorded_until))?.version ?? null;
  const stages = async () => (await tracking.versions(MODEL)).map((one) => one.current_stage);

  it("keeps when a version and a move were recorded beside the times that they speak of", async () => {
    await move(2_000, "1", "Production", 500);
    expect(await tracking.version(MODEL, "1")).toMatchObject({ creation_timestamp: 1, recorded_at: 1_000 });
    expect(await tracking.transitions(MODEL)).toMatchObject([{ effective_at: 500, recorded_at: 2_000 }]);
  });

  it("says what was known by then: a second backfill changes the replay, and neither what was recorded nor what serves", async () => {
    await move(1_000, "1", "Production", 100);
    await move(1_010, "2", "Production", 300);
    const recorded = [await at(250, 1_100), await at(350, 1_100), await at(1_100, 1_100)];
    expect(recorded).toEqual(["1", "2", "2"]);
    expect(await move(2_000, "3", "Production", 200)).toMatchObject({ current_stage: "Archived" });
    expect([await at(250, 1_100), await at(350, 1_100), await at(1_100, 1_100)]).toEqual(recorded);
    expect(await Promise.all([99, 100, 200, 299, 300, 3_000].map((as_of) => at(as_of)))).toEqual([null, "1", "3", "3", "2", "2"]);
    expect(await stages()).toEqual(["Archived", "Production", "Archived", "None"]);
  });

  it("a replay does not bring back a model where a person had withdrawn what was there", async () => {
    await move(1_000, "1", "Production");
    await move(1_500, "1", "Archived");
    expect(await move(2_000, "2", "Production", 1_200)).toMatchObject({ current_stage: "Archived" });
    expect([await at(1_100), await at(1_300), await at(1_500), await at(3_000)]).toEqual(["1", "2", null, null]);
  });

  it("Staging has one version, the latest by its time, however they came", async () => {
    await move(1_000, "1", "Staging", 900);
    await move(1_100, "2", "Staging", 300);
    expect(await stages()).toEqual(["Staging", "Archived", "None", "None"]);
    expect(await move(1_200, "2", "Production", 310)).toMatchObject({ current_stage: "Production" });
    expect(await stages()).toEqual(["Staging", "Production", "None", "None"]);
  });

  it("a model that was promoted when the next was in Staging already stays in Production until another comes there", async () => {
    await move(1_000, "1", "Staging", 100);
    await move(1_010, "2", "Staging", 200);
    expect(await move(1_020, "1", "Production", 100)).toMatchObject({ current_stage: "Production" });
    expect(await Promise.all([99, 100, 200, 1_020].map((as_of) => at(as_of)))).toEqual([null, "1", "1", "1"]);
    expect(await at(300, 1_015)).toBeNull();
    await move(1_030, "2", "Production", 500);
    expect(await Promise.all([499, 500, 1_030].map((as_of) => at(as_of)))).toEqual(["1", "2", "2"]);
    expect(await stages()).toEqual(["Archived", "Production", "None", "None"]);
  });

  it("a person's withdrawal from Staging holds, whatever is promoted into the time before it", async () => {
    await move(1_000, "1", "Staging", 100);
    await move(1_010, "1", "Archived", 200);
    expect(await move(1_020, "1", "Production", 100)).toMatchObject({ current_stage: "Archived" });
    expect([await at(150), await at(200)]).toEqual(["1", null]);
  });

  it("no move changes an answer that was given, and what holds now is the latest change of Production", async () => {
    const moves = fc.array(
      fc.record({
        version: fc.constantFrom(...VERSIONS),
        stage: fc.constantFrom<ModelStage>("Production", "Production", "Archived", "Staging"),
        back: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
      }),
      { minLength: 1, maxLength: 8 },
    );
    const times = [0, 985, 1_000, 1_015, 1_030, 1_045, 1_100];
    await fc.assert(
      fc.asyncProperty(moves, async (sequence) => {
        await reset();
        const given: { as_of: number; recorded_until: number; answer: string | null }[] = [];
        for (const [index, { version, stage, back }] of sequence.entries()) {
          const recorded_at = 1_010 + index * 10;
          const before = await at(recorded_at);
          const changes = (await tracking.transitions(MODEL)).filter((one) => [one.from_stage, one.to_stage].includes("Production"));
          const moved = await move(recorded_at, version, stage, recorded_at - back);
          if (stage === "Production" && changes.some((one) => one.effective_at > recorded_at - back))
            expect(await at(recorded_at)).toBe(before);
          if (moved.current_stage === "Production") expect(await at(recorded_at)).toBe(version);
          expect((await stages()).filter((one) => one === "Production").length).toBeLessThanOrEqual(1);
          for (const as_of of times) given.push({ as_of, recorded_until: recorded_at, answer: await at(as_of, recorded_at) });
        }
        for (const { as_of, recorded_until, answer } of given) {
          expect(await at(as_of, recorded_until)).toBe(answer);
          const { production, stages } = await tracking.history(MODEL, {
            at: as_of,
            recorded_until,
            one_a_stage: true,
            limit: 1,
            offset: 0,
          });
          expect(production).toBe(answer);
          expect(stages.filter(({ stage }) => stage === "Production").map(({ version }) => version)).toEqual(
            answer === null ? [] : [answer],
          );
        }
      }),
      { seed: 6, numRuns: name === "memory" ? 40 : 4 },
    );
  });
});
