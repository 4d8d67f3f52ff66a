import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { predictions } from "../../../functions/adapters/libsql/schema/serving.ts";
import { inboxFolder } from "../../../functions/local/journal/inboxFolder.ts";
import type { JournalConfig } from "../../../functions/local/journal/journalConfig.ts";
import { drainPart } from "../../../functions/local/processes/drainPart.ts";
import { modelFeatureNames } from "../../../shared/features/modelFeatures.ts";
import { type Asked, askPredictions } from "../../support/api/askPredictions.ts";
import { alternatingRows, GOLD } from "../../support/models/servingFixture.ts";
import { freePort } from "../../support/stack/freePort.ts";
import { type JournalProcess, startJournal } from "../../support/stack/journalProcess.ts";
import type { ServedStore } from "../../support/stack/servedStore.ts";
import { MODEL, NOON, runtimePids } from "./servedModel.ts";

/** What is answered goes through the journal into the log, whatever is killed. The store has a model in Production. */
export function describeWithJournal(by: "workerd" | "node", served: () => ServedStore): void {
  describe("with a journal", () => {
    let journal_config: JournalConfig;
    let journal: JournalProcess;
    /** As fx serve leaves predictions, where there is memory for that. */
    let inbox_folder: string | null = null;
    const inbox = () => (inbox_folder === null ? {} : { journal_inbox: inbox_folder });
    const variables = () => ({ JOURNAL_URL: `http://127.0.0.1:${journal_config.port}`, JOURNAL_TOKEN: journal_config.token });
    beforeAll(async () => {
      const where = { folder: join(served().folder, "journal"), host: "127.0.0.1", port: await freePort() };
      inbox_folder = inboxFolder(served().folder);
      journal_config = {
        ...where,
        ...(inbox_folder === null ? {} : { inbox: inbox_folder }),
        token: "j",
        sync: false,
        sqld_url: served().sqld.url,
      };
      journal = await startJournal(journal_config);
      await served().start(variables(), inbox());
    });
    afterAll(async () => {
      await journal.kill();
      if (inbox_folder !== null) await rm(inbox_folder, { recursive: true });
    });

    const loggedIds = async () => {
      expect(await journal.flush()).toBeNull();
      const { rows } = await served().sqld.database.$client.execute("SELECT prediction_id FROM predictions");
      return new Set(rows.map((row) => String(row[0])));
    };
    const expectAllLogged = async ({ acknowledged }: Asked) => {
      const logged = await loggedIds();
      expect(acknowledged.filter((id) => !logged.has(id))).toEqual([]);
      expect(new Set(acknowledged).size).toBe(acknowledged.length);
      await expectServedFeatures();
    };
    /** All of them were answered from one row: the log must have that row's values, in the model's order, as the trees' float32. */
    const expectServedFeatures = async () => {
      const rows = await served().sqld.database.selectDistinct({ features: predictions.features }).from(predictions);
      const row = alternatingRows(NOON, 1)[0]!;
      const positions = modelFeatureNames(GOLD, "USD_SGD").map((name) => GOLD.features.findIndex((feature) => feature.name === name));
      expect(rows.map(({ features }) => [...features])).toEqual([
        positions.map((position) => Math.fround(row.values[position] ?? Number.NaN)),
      ]);
    };

    it.skipIf(by === "node")("has made a backfill of a reprocess message by the time that it is accepted", async () => {
      const message = {
        pipeline: "market_feature_pipeline",
        instruments: ["USD_SGD"],
        from: "2025-06-01T00:00:00Z",
        to: "2025-06-02T00:00:00Z",
      };
      const body = JSON.stringify({ ...message, reason: "a test" });
      expect((await fetch(`${served().url}/api/reprocess`, { method: "POST", body })).status).toBe(202);
      const { rows } = await served().sqld.database.$client.execute("SELECT count(*) FROM backfills");
      expect(Number(rows[0]?.[0])).toBe(1);
    });

    it("loses none that it has answered when the journal, the database and the runtime are killed or stopped under load", async () => {
      const over = new AbortController();
      const asking = askPredictions(served().url, "USD_SGD", 16, over.signal);
      await sleep(500);
      await journal.kill();
      await sleep(300);
      journal = await startJournal(journal_config);
      process.kill(served().sqld.pid, "SIGSTOP");
      // Longer than anything is kept in the isolate: what was in Production serves on, and features come from KV.
      await sleep(6_000);
      expect((await served().predict()).model_version).toBe(`${MODEL}/1`);
      const { serving } = served();
      const before = [...runtimePids(), ...(serving?.pid === undefined ? [] : [serving.pid])];
      for (const pid of before) process.kill(pid, "SIGKILL");
      process.kill(served().sqld.pid, "SIGCONT");
      // Finding the runtime's processes held this one up: the questions under way may all be answered, and it is the next that break.
      await sleep(300);
      over.abort();
      const asked = await asking;
      expect([before.length > 0, asked.acknowledged.length > 100, asked.failures > 0]).toEqual([true, true, true]);
      await expectAllLogged(asked);
    });

    it("refuses what comes once its host says that it ends, and has what it answered in the log then", async () => {
      const ways = [["recorded", inbox()] as const, ["recorded", {}] as const, ["at_once", inbox()] as const];
      for (const [PREDICTIONS_ANSWER, journal] of by === "node" ? ways.slice(0, 1) : ways) {
        await served().start({ ...variables(), PREDICTIONS_ANSWER }, journal);
        await served().predict();
        const over = new AbortController();
        const asking = askPredictions(served().url, "USD_SGD", 8, over.signal);
        await sleep(1_500);
        expect(await drainPart("worker", { url: `${served().url}/drain`, token: "j", within_ms: 20_000 })).toBeNull();
        await served().stop();
        over.abort();
        const asked = await asking;
        expect([asked.acknowledged.length > 50, [...asked.refused.keys()]]).toEqual([true, ["503 source_unavailable"]]);
        await expectAllLogged(asked);
      }
    });
  });
}
