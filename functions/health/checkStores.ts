import type { ComponentHealth } from "../../shared/contracts/health.ts";
import { FREE_SPACE } from "../../shared/domain/freeSpace.ts";
import { schemaProblem } from "../../shared/domain/schemaVersion.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import { modelNameOf } from "../../shared/models/modelName.ts";
import type { WriteProbe } from "../../shared/ports/writeProbe.ts";
import type { HealthPorts } from "./healthPorts.ts";

const MIGRATE = "apply the folder migrations to it (docs/production.md); on one machine fx start does";

/** Reads it, and adds what the last look at its schema and at its writes found: what is asked of another schema may fail, or be wrong. */
export async function checkDatabase(
  ports: Pick<HealthPorts, "bars">,
  schema: () => Promise<ComponentHealth>,
  writes: () => Promise<ComponentHealth>,
): Promise<ComponentHealth> {
  const known = await schema();
  if (known.status !== "ok") return known;
  const market = await ports.bars.market();
  const holds = market === null ? "holds no candle yet" : `holds ${market} candles`;
  const { status, detail } = await writes();
  return status === "ok" ? { status, detail: `answers; ${holds}` } : { status, detail: `answers, but takes no write: ${detail}` };
}

export async function checkDatabaseSchema({ schema }: Pick<HealthPorts, "schema">): Promise<ComponentHealth> {
  const problem = schemaProblem(schema.known, await schema.applied(), MIGRATE);
  return problem === null ? { status: "ok", detail: "of this version" } : { status: "degraded", detail: problem };
}

export function checkDatabaseWrites(writes: WriteProbe): Promise<ComponentHealth> {
  return proveWrite(() => writes.database());
}

export function checkLake(writes: WriteProbe): Promise<ComponentHealth> {
  return proveWrite(() => writes.lake());
}

/** Every value that serving reads. One that cannot be read is served from libSQL, more slowly; a store that is away is down. */
export async function checkOnlineStore({ online, config }: Pick<HealthPorts, "online" | "config">): Promise<ComponentHealth> {
  const reads = config.instruments.flatMap((instrument) => [
    () => online.read(instrument),
    () => online.readProduction(modelNameOf(instrument)),
  ]);
  const results = await Promise.allSettled(reads.map((read) => read()));
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  const away = failures.find((error) => !(error instanceof AppError && error.code === "schema_mismatch"));
  if (away !== undefined) throw away;
  if (failures.length > 0) {
    const which = failures.map((error) => (error as AppError).message).join(" ");
    const remedy =
      "The next run of market_feature_pipeline and news_feature_pipeline writes features anew, the next promotion a model's pointer.";
    return { status: "degraded", detail: `${which} ${remedy} Until then /predict reads libSQL.` };
  }
  const isEmpty = results.every((result) => result.status === "fulfilled" && result.value === null);
  return { status: "ok", detail: isEmpty ? "answers; nothing is materialized yet" : "answers" };
}

async function proveWrite(write: () => Promise<void>): Promise<ComponentHealth> {
  try {
    await write();
    return { status: "ok", detail: "takes writes" };
  } catch (error) {
    const { message } = toAppError(error);
    return { status: "down", detail: message.includes(FREE_SPACE) ? message : `${message}. ${FREE_SPACE}` };
  }
}
