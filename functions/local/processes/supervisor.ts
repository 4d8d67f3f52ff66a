import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError, toAppError } from "../../../shared/errors.ts";
import type { RunPart } from "../stack/runFile.ts";
import { displayPath } from "../stack/store.ts";
import { formatDuration } from "../text/formatDuration.ts";
import { partError } from "../text/localError.ts";
import { drainPart } from "./drainPart.ts";
import { launchPart, type Part, type PartSpec } from "./part.ts";
import { createRevivals, TOO_OFTEN } from "./revivals.ts";
import { startWatchdog } from "./startWatchdog.ts";
import { tailFile } from "./tailFile.ts";
import { waitForHealth } from "./waitForHealth.ts";
import { watchHealth } from "./watchHealth.ts";
import { WATCH_TERMS, type WatchTerms } from "./watchTerms.ts";

const TAIL_LINES = 15;

export interface Supervisor {
  /**
   * Starts a part and waits until it is healthy. Fails when it does not come up, or when another part is given up meanwhile. `again` makes
   * the part that takes its place when it dies; without it, that is the same one.
   */
  start(spec: PartSpec, again?: () => PartSpec): Promise<void>;
  /** Settles with the reason when a part that nobody stopped was started again too often. */
  readonly failure: Promise<AppError>;
  /** Stops all parts, the last started first. Safe to call more than once. */
  stop(): Promise<void>;
  /** Kills all parts at once. */
  force(): void;
}

export interface SupervisorOptions {
  readonly log_folder: string;
  /** Called after each start with the parts that a later start would have to clear away. */
  onParts(parts: readonly RunPart[]): void;
  /** Told in one line when a part was started again. */
  say?(line: string): void;
  readonly watch_terms?: WatchTerms;
}

/** Keeps a set of processes alive: one that dies, or lives and does not serve, is started again alone, while the others stay up. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  mkdirSync(options.log_folder, { recursive: true });
  const watchdog = startWatchdog();
  /** By name, in the order of their first start: they are stopped in the reverse one. */
  const parts = new Map<string, Part>();
  const revivals = createRevivals();
  const up = new WeakSet<Part>();
  const unwatch = new Map<string, () => void>();
  const failure = Promise.withResolvers<AppError>();
  let stopping: Promise<void> | null = null;

  function launch(spec: PartSpec): Part {
    if (stopping !== null) throw new AppError("cancelled", "The stack is being stopped.");
    const part = launchPart(spec, join(options.log_folder, `${spec.name}.log`));
    parts.set(spec.name, part);
    if (part.identity) watchdog.guard(part.identity);
    options.onParts([...parts.values()].flatMap(toRunPart));
    return part;
  }

  async function start(spec: PartSpec, again = () => spec): Promise<void> {
    const part = launch(spec);
    const problem = await Promise.race([untilUp(part), failure.promise]);
    if (problem instanceof AppError) throw problem;
    if (problem !== null) throw describe(part, problem);
    keep(part, again);
  }

  /** Looks after a part that is up, until it is lost for the first time. */
  function keep(part: Part, again: () => PartSpec): void {
    const { name, health, watch } = part.spec;
    up.add(part);
    let isLost = false;
    const lose = (how: string) => {
      if (isLost || stopping !== null) return;
      isLost = true;
      unwatch.get(name)?.();
      revive(part, again, how).catch((error: unknown) => failure.resolve(toAppError(error)));
    };
    void part.ended.then(lose);
    const members = () => new Set((part.spec.needs_all === true ? part.members() : []).map(({ pid, started }) => `${pid} ${started}`));
    const terms = { ...(options.watch_terms ?? WATCH_TERMS), ...watch };
    if (health) unwatch.set(name, watchHealth(health, members, lose, terms));
  }

  async function revive(lost: Part, again: () => PartSpec, how: string): Promise<void> {
    const { name } = lost.spec;
    const began = Date.now();
    let [part, reason] = [lost, how];
    while (stopping === null) {
      const pause_ms = revivals.grant(name, Date.now());
      if (pause_ms === null) return failure.resolve(describe(part, `${reason}, ${TOO_OFTEN}`));
      // What does not serve does not end in order either; of what has ended, others of its group may live.
      await part.end();
      await sleep(pause_ms);
      if (stopping !== null) return;
      part = launch(again());
      const problem = await untilUp(part);
      if (problem === null) {
        options.say?.(`${name} ${how}: started again, up in ${formatDuration(Date.now() - began)}`);
        return keep(part, again);
      }
      reason = problem;
    }
  }

  async function stopAll(): Promise<void> {
    for (const cancel of unwatch.values()) cancel();
    for (const part of [...parts.values()].toReversed()) {
      const { name, drain } = part.spec;
      const words = drain && up.has(part) && !part.hasEnded() ? await drainPart(name, drain) : null;
      if (words !== null) options.say?.(words);
      await part.stop();
    }
    watchdog.close();
  }

  return {
    start,
    failure: failure.promise,
    stop() {
      stopping ??= stopAll();
      return stopping;
    },
    force() {
      for (const part of parts.values()) part.kill();
    },
  };
}

/** Null when the part is up, else why it is not, in words. */
async function untilUp(part: Part): Promise<string | null> {
  const { health, up_within_ms } = part.spec;
  if (health === null) return null;
  const problem = await waitForHealth(health, up_within_ms, part.hasEnded);
  if (problem === null) return null;
  if (part.hasEnded()) return `${await part.ended} before it was up`;
  return `did not come up within ${up_within_ms / 1_000} s (${problem})`;
}

function describe(part: Part, how: string): AppError {
  const tail = tailFile(part.log_path, TAIL_LINES);
  const log = tail === "" ? ` Its log ${displayPath(part.log_path)} is empty.` : ` The end of ${displayPath(part.log_path)}:`;
  return partError(`${part.spec.name} ${how}.${log}`, tail);
}

function toRunPart(part: Part): RunPart[] {
  return part.identity ? [{ name: part.spec.name, ...part.identity }] : [];
}
