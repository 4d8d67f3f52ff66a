import { taskKeySchema } from "../shared/contracts/dags.ts";
import { type Instant, MINUTE } from "../shared/domain/instant.ts";
import { toAppError } from "../shared/errors.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Engine } from "./engine/engine.ts";

export interface HintDelivery {
  readonly messages: readonly { readonly body: unknown }[];
  /** Lets work go on after the delivery has been answered. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

export interface HintRunnerOptions {
  readonly engine: Pick<Engine, "runHint">;
  /**
   * Slices under way in this isolate before it takes no further message. 1: each is done before the delivery is answered, as Cloudflare
   * wants it, which runs as many consumers as there is work. The queue of one machine hands out one batch after another: there, one
   * slice that waits a minute for the sidecar would hold up every pipeline.
   */
  readonly at_once: number;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Twice the longest timeout of a step. A slice that runs longer was cut off by the runtime, and never says so. */
const FORGOTTEN_AFTER_MS = 10 * MINUTE;

/** Between two looks whether a slice has ended, while as many run as may. */
const LOOK_MS = 10;

/** Does what the messages of the hint queue ask for. A failure needs no redelivery: the lease runs out, and the sweep finds the task. */
export function createHintRunner({ engine, at_once, clock, sleep }: HintRunnerOptions): (delivery: HintDelivery) => Promise<void> {
  const running = new Set<{ readonly since: Instant }>();
  const isFull = () => [...running].filter(({ since }) => clock.now() - since < FORGOTTEN_AFTER_MS).length >= at_once;
  const run = async (body: unknown) => {
    const slice = { since: clock.now() };
    running.add(slice);
    try {
      await engine.runHint(taskKeySchema.parse(body));
    } catch (error) {
      console.error(`A task's slice was lost, and will be found by the sweep: ${toAppError(error).message} (${JSON.stringify(body)})`);
    } finally {
      running.delete(slice);
    }
  };
  return async ({ messages, waitUntil }) => {
    for (const { body } of messages) {
      const slice = run(body);
      if (at_once === 1) await slice;
      else waitUntil(slice);
      // A promise of another delivery may not be awaited here: each has an I/O context of its own.
      while (isFull()) await sleep(LOOK_MS);
    }
  };
}
