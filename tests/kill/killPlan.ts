import { createRandom } from "../../shared/domain/random.ts";
import { VICTIMS, type Victim } from "./keptStack.ts";

export interface PlannedKill {
  readonly victim: Victim;
  /** The move during which it happens, and how long after its begin, or after the last kill's mending. */
  readonly move: number;
  readonly offset_ms: number;
  /** It then waits for the next moment at which a task runs, and strikes so long after. Null: it strikes wherever the work is. */
  readonly into_task_ms: number | null;
}

/** Most of the time nothing is written, and a kill then proves little: this share of them waits for a task that runs. */
const IN_TASK_SHARE = 0.6;
/** Tasks last for a tenth of a second, mostly. */
const INTO_TASK_MS = 120;

/** How often each is hit: most of the work is the Worker's and the database's. */
const WEIGHTS: Readonly<Record<(typeof VICTIMS)[number], number>> = {
  workerd: 6,
  worker: 3,
  journal: 4,
  sqld: 6,
  "gpu-sidecar": 3,
  sandbox: 3,
  ticker: 3,
  front: 1,
  all: 1,
};

/**
 * Kills at moments that are uniform over the time that the undisturbed moves took, so that long steps are hit as often as they
 * deserve; offsets within a move follow each other. The first kills cover each victim once, for as far as they go.
 */
export function planKills(kills: number, seed: number, durations_ms: readonly number[], of: readonly Victim[] = VICTIMS): PlannedKill[] {
  const random = createRandom(seed);
  const total_ms = durations_ms.reduce((sum, ms) => sum + ms, 0);
  const moments = Array.from({ length: kills }, () => random() * total_ms).sort((a, b) => a - b);
  const victims = drawVictims(kills, random, of);
  let last = { move: -1, within_ms: 0 };
  return moments.map((moment, index) => {
    const { move, within_ms } = placeOf(moment, durations_ms);
    const offset_ms = Math.round(move === last.move ? within_ms - last.within_ms : within_ms);
    last = { move, within_ms };
    const into_task_ms = random() < IN_TASK_SHARE ? Math.round(random() * INTO_TASK_MS) : null;
    return { victim: victims[index] ?? "worker", move, offset_ms, into_task_ms };
  });
}

/** Each victim once, for as far as it goes, then by weight, in any order. */
export function drawVictims(kills: number, random: () => number, of: readonly Victim[] = VICTIMS): Victim[] {
  return shuffled(
    Array.from({ length: kills }, (_, index) => of[index] ?? weighted(random(), of)),
    random,
  );
}

function placeOf(moment: number, durations_ms: readonly number[]): { move: number; within_ms: number } {
  let within_ms = moment;
  for (const [move, ms] of durations_ms.entries()) {
    if (within_ms < ms) return { move, within_ms };
    within_ms -= ms;
  }
  return { move: durations_ms.length - 1, within_ms: durations_ms.at(-1) ?? 0 };
}

function weighted(share: number, of: readonly Victim[]): Victim {
  // Each sidecar weighs as the only one does: there is more to be hit.
  const weightOf = (victim: Victim) => (victim in WEIGHTS ? WEIGHTS[victim as keyof typeof WEIGHTS] : WEIGHTS["gpu-sidecar"]);
  let rest = share * of.reduce((sum, victim) => sum + weightOf(victim), 0);
  for (const victim of of) {
    rest -= weightOf(victim);
    if (rest < 0) return victim;
  }
  return "worker";
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
