import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { launchPart } from "../../functions/local/processes/part.ts";
import { waitForHealth } from "../../functions/local/processes/waitForHealth.ts";
import { sqldPart } from "../../functions/local/stack/parts/sqldPart.ts";
import { createRandom } from "../../shared/domain/random.ts";
import { type Asked, askAtRate } from "../support/api/askPredictions.ts";
import { select } from "./driveMove.ts";
import { findWrongFeatures } from "./findWrongFeatures.ts";
import type { KeptStack, PartName, Victim } from "./keptStack.ts";
import { drawVictims } from "./killPlan.ts";

export interface LoadOptions {
  readonly kills: number;
  /** Orderly ends of the Worker and the journal, after the kills. */
  readonly orderly: number;
  readonly seed: number;
  readonly per_second: number;
  readonly instrument: string;
  readonly say: (line: string) => void;
}

export interface LoadReport {
  readonly kills: readonly { readonly victim: Victim; readonly mended_after_ms: number }[];
  readonly orderly: number;
  readonly per_second: number;
  readonly seconds: number;
  readonly acknowledged: number;
  /** Questions without a prediction: refused, or the connection broke. */
  readonly failures: number;
  /** How often each refusal came, by its status and reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Acknowledged, and not in the log. */
  readonly missing: readonly string[];
  /** Logged features that are not those of the feature store. */
  readonly wrong_features: readonly string[];
}

const PAUSE_MS = { least: 300, most: 1_500 } as const;
const UP_WITHIN_MS = 30_000;
/** In the order of an orderly stop. */
const ENDED_IN_ORDER: readonly PartName[] = ["worker", "journal"];

/**
 * Asks for predictions at a fixed rate while parts are killed, one after the other as soon as the one before is mended; then while the
 * Worker and the journal are ended in order; and stops the whole stack in order, still asking. Then the log is read: it must have all
 * that was acknowledged. That it has none twice is its primary key's.
 */
export async function runLoad(stack: KeptStack, options: LoadOptions): Promise<LoadReport> {
  const began = Date.now();
  const over = new AbortController();
  const asking = askAtRate(stack.worker_url, options.instrument, options.per_second, over.signal);
  let kills: LoadReport["kills"];
  try {
    kills = await strike(stack, options);
    for (let done = 0; done < options.orderly; done++) {
      await sleep(PAUSE_MS.most);
      await stack.endInOrder(ENDED_IN_ORDER);
      await stack.untilUp();
    }
    await sleep(PAUSE_MS.most);
    await stack.stop();
  } finally {
    over.abort();
  }
  const { acknowledged, failures, refused } = await asking;
  const seconds = (Date.now() - began) / 1_000;
  const log = await readLog(stack, acknowledged);
  const { orderly, per_second } = options;
  return {
    kills,
    orderly: orderly + 1,
    per_second,
    seconds,
    acknowledged: acknowledged.length,
    failures,
    refused: Object.fromEntries(refused),
    ...log,
  };
}

async function strike(stack: KeptStack, { kills, seed, say }: LoadOptions): Promise<LoadReport["kills"]> {
  const random = createRandom(seed);
  const done: { victim: Victim; mended_after_ms: number }[] = [];
  for (const victim of drawVictims(kills, random, stack.victims)) {
    await sleep(PAUSE_MS.least + random() * (PAUSE_MS.most - PAUSE_MS.least));
    const killed_at = Date.now();
    while (stack.kill(victim) === 0) await sleep(50);
    await stack.untilUp();
    done.push({ victim, mended_after_ms: Date.now() - killed_at });
    say(`  under load, kill ${done.length}: ${victim}, mended in ${((Date.now() - killed_at) / 1_000).toFixed(1)} s`);
  }
  return done;
}

/** The stack is stopped: its database alone is started once more. */
async function readLog(stack: KeptStack, acknowledged: Asked["acknowledged"]): Promise<Pick<LoadReport, "missing" | "wrong_features">> {
  const spec = sqldPart(stack.plan);
  const part = launchPart(spec, join(stack.plan.store.folder, "logs", "sqld-after.log"));
  try {
    if (spec.health) await waitForHealth(spec.health, UP_WITHIN_MS, part.hasEnded);
    const rows = await select(stack, "SELECT prediction_id FROM predictions");
    const logged = new Set(rows.map(([id]) => String(id)));
    return { missing: acknowledged.filter((id) => !logged.has(id)), wrong_features: await findWrongFeatures(stack) };
  } finally {
    await part.stop();
  }
}
