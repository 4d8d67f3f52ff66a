import type { KVNamespace } from "@cloudflare/workers-types";
import { z } from "zod";
import { chunksOf } from "../../shared/domain/chunksOf.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { everyNameOf, presentModelName } from "../../shared/models/modelName.ts";
import type { OnlineRows, OnlineStore, ProductionPointer } from "../../shared/ports/onlineStore.ts";
import { inTime } from "./inTime.ts";
import { type KvTexts, kvTextsOf } from "./kvTexts.ts";
import { mergeEachOnlineRows } from "./mergeOnlineRows.ts";

const PUT_WITHIN_MS = 30_000;
/** That KV reads in one operation. */
const KEYS_AT_ONCE = 100;

const onlineRowsSchema = z.record(
  z.string(),
  z.object({
    event_time: z.int(),
    created_time: z.int(),
    available_at: z.int(),
    schema_hash: z.string(),
    values: z.array(z.number().nullable()),
  }),
);

const productionSchema = z.object({
  name: z.string(),
  version: z.string(),
  run_id: z.string(),
  source: z.string(),
  promoted_at: z.int(),
});

export function createKvOnlineStore(kv: KVNamespace): OnlineStore {
  return createOnlineStore(kvTextsOf(kv));
}

/**
 * Online features and model pointers in KV: one value an instrument, so that serving reads once, and one of what is pushed. KV has no conditional put, and two
 * pipelines may write an instrument at once: each writes all views, as read from libSQL, so that either result is whole (materializeViews.ts).
 * POST /materialize writes those that it is asked for: what a pipeline puts in the same moment may be undone until its next run.
 */
export function createOnlineStore(kv: KvTexts): OnlineStore {
  const mergeWith = async (key: string, text: string | null, moments: readonly OnlineRows[], now: Instant = Number.POSITIVE_INFINITY) => {
    // A value that does not parse cannot be served nor merged; the rows that come in take its place.
    const stored: OnlineRows | null = text === null ? null : (parse(onlineRowsSchema, text).data ?? null);
    const { rows, written } = mergeEachOnlineRows(stored, moments, now);
    if (rows !== null) await reaching(key, () => inTime(kv.put(key, JSON.stringify(rows)), PUT_WITHIN_MS));
    return written;
  };
  const mergeInto = async (key: string, moments: readonly OnlineRows[], now?: Instant) =>
    mergeWith(key, await reaching(key, () => kv.get(key)), moments, now);
  const writeEach: OnlineStore["writeEach"] = (instrument, moments, now) => mergeInto(onlineKey(instrument), moments, now);
  return {
    ...createOnlineReader((key) => kv.get(key)),
    write: async (instrument, rows, now) => (await writeEach(instrument, [rows], now))[0]!,
    writeEach,
    writeAll: async (rows, now) => {
      for (const some of chunksOf([...rows], KEYS_AT_ONCE)) {
        const keys = some.map(([instrument]) => onlineKey(instrument));
        const stored = await reaching(keys.join(", "), () => kv.getAll(keys));
        await Promise.all(some.map(([, own], index) => mergeWith(keys[index]!, stored.get(keys[index]!) ?? null, [own], now)));
      }
    },
    writePushed: async (instrument, rows, now) => (await mergeInto(pushedKey(instrument), [rows], now))[0]!,
    async writeProduction(pointer: ProductionPointer) {
      const key = productionKey(pointer.name);
      await reaching(key, () => inTime(kv.put(key, JSON.stringify(pointer)), PUT_WITHIN_MS));
    },
  };
}

/** What serving reads of it, wherever the values come from; null: there is no such value. */
export function createOnlineReader(
  get: (key: string) => Promise<string | null>,
): Pick<OnlineStore, "read" | "readPushed" | "readProduction"> {
  async function read<Value>(key: string, schema: z.ZodType<Value>): Promise<Value | null> {
    const text = await reaching(key, () => get(key));
    return text === null ? null : requireValid(key, parse(schema, text));
  }
  return {
    read: (instrument) => read(onlineKey(instrument), onlineRowsSchema),
    readPushed: (instrument) => read(pushedKey(instrument), onlineRowsSchema),
    // A pointer from before the model was renamed lies under its former name until the next promotion.
    readProduction: async (model_name) => {
      for (const name of everyNameOf(model_name)) {
        const pointer = await read(productionKey(name), productionSchema);
        if (pointer !== null) return { ...pointer, name: presentModelName(pointer.name) };
      }
      return null;
    },
  };
}

function onlineKey(instrument: string): string {
  return `online:${instrument}`;
}

function pushedKey(instrument: string): string {
  return `pushed:${instrument}`;
}

function productionKey(model_name: string): string {
  return `production:${model_name}`;
}

function parse<Value>(schema: z.ZodType<Value>, text: string): { data?: Value; problem?: string } {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? { data: parsed.data } : { problem: z.prettifyError(parsed.error) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function requireValid<Value>(key: string, { data, problem }: { data?: Value; problem?: string }): Value {
  if (data !== undefined) return data;
  throw new AppError("schema_mismatch", `The online value ${key} is not of this version's shape; materialize it again. ${problem}`, {
    status: 503,
    details: { key },
  });
}

async function reaching<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("store_unavailable", `The online store did not answer for ${key}: ${why}`, {
      status: 503,
      retryable: true,
      cause,
      details: { key },
    });
  }
}
