import { groupMembers } from "../../functions/local/processes/processIdentity.ts";
import type { RunFile } from "../../functions/local/stack/runFile.ts";
import { DAY, HOUR } from "../../shared/domain/instant.ts";
import { modelNameOf } from "../../shared/models/modelName.ts";
import { sendFault } from "../support/stack/stackControl.ts";
import { databaseOf, monitorTwice, type Watched } from "./watchedStack.ts";

/** Trouble that is made, and mended again. */
export interface Trouble {
  readonly name: string;
  /** The alert that it is, and nothing else but what follows from it. */
  readonly alert: string;
  readonly also?: readonly string[];
  make(watched: Watched): Promise<void>;
  mend(watched: Watched): Promise<void>;
}

const INSTRUMENT = "USD_SGD";
const NAN = Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0x7f);

let stopping: ReturnType<typeof setInterval> | undefined;

export const TROUBLES: readonly Trouble[] = [
  {
    name: "the market has been silent for three hours",
    alert: "BarsStale",
    async make(watched) {
      await sendFault(watched.stack, { method: "POST", body: JSON.stringify({ kind: "server_error", count: 1_000_000 }) });
      const newest = `granularity = 'H1' AND start > ${Date.now() - 4 * HOUR}`;
      const copied = ["DROP TABLE IF EXISTS kept_bars", `CREATE TABLE kept_bars AS SELECT * FROM bars WHERE ${newest}`];
      await databaseOf(watched).batch([...copied, `DELETE FROM bars WHERE ${newest}`], "write");
      await monitorTwice(watched);
    },
    async mend(watched) {
      await sendFault(watched.stack, { method: "DELETE" });
      await databaseOf(watched).execute("INSERT INTO bars SELECT * FROM kept_bars WHERE true ON CONFLICT DO NOTHING");
      await monitorTwice(watched);
    },
  },
  {
    name: "features of four weeks are missing",
    alert: "MissingValues",
    also: ["FeatureDrift"],
    async make(watched) {
      const database = databaseOf(watched);
      const own = `entity = '${INSTRUMENT}' AND event_time > ${Date.now() - 29 * DAY}`;
      await database.execute("DROP TABLE IF EXISTS kept_rows");
      await database.execute(`CREATE TABLE kept_rows AS SELECT * FROM feature_rows WHERE ${own}`);
      const { rows } = await database.execute("SELECT DISTINCT length(vector) AS bytes FROM kept_rows");
      for (const bytes of rows.map((row) => Number(row["bytes"])))
        await database.execute({
          sql: `UPDATE feature_rows SET vector = ? WHERE ${own} AND length(vector) = ${bytes}`,
          args: [missing(bytes / NAN.length)],
        });
      await monitorTwice(watched);
    },
    async mend(watched) {
      const same = ["entity", "view", "schema_hash", "event_time", "created_time", "recorded_at"].map((name) => `k.${name} = f.${name}`);
      await databaseOf(watched).execute(`UPDATE feature_rows AS f SET vector = k.vector FROM kept_rows AS k WHERE ${same.join(" AND ")}`);
      await monitorTwice(watched);
    },
  },
  {
    name: "two of three predictions were wrong",
    alert: "AccuracyDrop",
    // Those that were wrong said so near a half that little is lost by them: what they say of shares is wrong all the same.
    also: ["ProbabilitiesUnsound"],
    async make(watched) {
      const sql = `INSERT INTO predictions (prediction_id, instrument, model_name, model_version, event_time, target_start, prediction,
          requested_at, as_of, features, source)
        SELECT 'check-' || b.start, b.instrument, ?, '1', b.start, b.start,
          CASE WHEN (b.start / ${HOUR}) % 3 = 0 THEN CASE WHEN b.mid_c > a.mid_c THEN 0.9 ELSE 0.1 END
            ELSE CASE WHEN b.mid_c > a.mid_c THEN 0.499 ELSE 0.501 END END, b.start + 1, NULL, zeroblob(8), 'pipeline'
        FROM bars b JOIN bars a ON a.instrument = b.instrument AND a.granularity = 'H1' AND a.start = b.start - ${HOUR}
        WHERE b.instrument = '${INSTRUMENT}' AND b.granularity = 'H1' AND b.start > ${Date.now() - 27 * DAY}`;
      await databaseOf(watched).execute({ sql, args: [modelNameOf(INSTRUMENT)] });
      await monitorTwice(watched);
    },
    async mend(watched) {
      const sql =
        "UPDATE predictions SET prediction = 1 - prediction WHERE prediction_id LIKE 'check-%' AND prediction BETWEEN 0.4 AND 0.6";
      await databaseOf(watched).execute(sql);
      await monitorTwice(watched);
    },
  },
  {
    name: "the sidecar's process has stopped",
    alert: "SidecarDown",
    async make(watched) {
      // One that the stack puts in its place does not answer either.
      stopping = setInterval(() => signalSidecar(watched.stack, "SIGSTOP"), 500);
    },
    async mend({ stack }) {
      clearInterval(stopping);
      signalSidecar(stack, "SIGCONT");
    },
  },
  {
    name: "a message that could not be read",
    alert: "DeadLetters",
    async make(watched) {
      const sql = "INSERT INTO dead_letters (id, queue, body, error, received_at) VALUES ('check-' || ?1, 'q', '{}', 'unreadable', ?1)";
      await databaseOf(watched).execute({ sql, args: [Date.now()] });
    },
    async mend(watched) {
      await databaseOf(watched).execute({ sql: "UPDATE dead_letters SET replayed_at = ?", args: [Date.now()] });
    },
  },
];

/** A row's values, all missing. */
function missing(count: number): Uint8Array {
  const bytes = new Uint8Array(count * NAN.length);
  for (let i = 0; i < count; i++) bytes.set(NAN, i * NAN.length);
  return bytes;
}

/** One that the stack has put in its place meanwhile is well. */
function signalSidecar({ parts }: RunFile, signal: NodeJS.Signals): void {
  const leader = parts.find(({ name }) => name === "gpu-sidecar");
  if (!leader) throw new Error("the stack has no sidecar");
  for (const { pid } of groupMembers(leader.pid)) process.kill(pid, signal);
}
