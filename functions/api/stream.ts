import { streamSSE } from "hono/streaming";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";
import { handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { streamRoute } from "../../shared/contracts/stream.ts";
import { type Instant, SECOND } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { AppError } from "../../shared/errors.ts";
import { readSeen } from "../../shared/online/seenFeatures.ts";
import type { KeptOnlineRows } from "../serving/keptOnlineRows.ts";
import { type EventTarget, LOOK_MS, tellPredictions } from "../serving/tellPredictions.ts";
import { answerPrediction, type PredictOptions } from "./answerPrediction.ts";
import { translateError } from "./translateError.ts";
import { viewOfPrediction } from "./viewOfPrediction.ts";

export interface StreamRouteOptions extends PredictOptions {
  readonly kept: KeptOnlineRows;
  /** True once this isolate is to end: what is open ends then, and its clients come back to the next. */
  readonly is_leaving?: () => boolean;
  sleep(ms: number): Promise<void>;
}

/** Of one isolate. Each looks once a second at what all others look at, too. */
const MAX_STREAMS = 500;
/** A stream that has not looked for so long is gone: when a client leaves, its event may end without a word. */
const GONE_AFTER_MS = 10 * LOOK_MS;
const RETRY_MS = 3 * SECOND;

export function streamRoutes(options: StreamRouteOptions): MountedRoute {
  const looks = new Map<symbol, Instant>();
  const countOpen = (now: Instant) => {
    for (const [id, at] of looks) if (now - at > GONE_AFTER_MS) looks.delete(id);
    return looks.size;
  };
  return handleRaw(streamRoute, async (context) => {
    const { instrument: named } = checkValue(streamRoute.query, { instrument: context.req.queries("instrument") }, true);
    const instruments = await askedFor(options, named);
    const seen = readSeen(context.req.header("Last-Event-ID"));
    const now = options.clock.now();
    if (countOpen(now) >= MAX_STREAMS) throw tooMany();
    const [id, { executionCtx }] = [Symbol("stream"), context];
    looks.set(id, now);
    return streamSSE(context, async (stream) => {
      const target: EventTarget = {
        is_open: () => !stream.aborted && !stream.closed && options.is_leaving?.() !== true,
        tell: (event) => stream.writeSSE(event),
        beat: async () => void (await stream.write(": nothing new\n\n")),
      };
      await stream.write(`retry: ${RETRY_MS}\n\n`);
      await tellPredictions(target, instruments, seen, {
        clock: options.clock,
        read: options.kept.reader((work) => executionCtx.waitUntil(work)).read,
        answer: async (instrument) => viewOfPrediction(await answerPrediction(options, { instrument }, executionCtx, false)),
        translate: (error) => translateError(error, context),
        sleep: async (ms) => {
          looks.set(id, options.clock.now());
          await options.sleep(ms);
        },
      });
      looks.delete(id);
    });
  });
}

async function askedFor({ known }: StreamRouteOptions, named: readonly Instrument[] | undefined): Promise<readonly Instrument[]> {
  if (named === undefined) return known.list();
  for (const instrument of named) await known.require(instrument);
  return [...new Set(named)];
}

function tooMany(): AppError {
  const message = `There are ${MAX_STREAMS} streams open here already. Ask POST /predict, or come back later.`;
  return new AppError("queue_full", message, { status: 503, retryable: true, retry_after_ms: 30 * SECOND });
}
