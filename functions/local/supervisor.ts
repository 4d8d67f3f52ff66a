import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AppError, toAppError } from "../../shared/errors.ts";
import { drainPart } from "./drainPart.ts";
import { formatDuration } from "./formatDuration.ts";
import { partError } from "./localError.ts";
import { launchPart, type Part, type PartSpec } from "./part.ts";
import { createRevivals, TOO_OFTEN } from "./revivals.ts";
import type { RunPart } from "./runFile.ts";
import { startWatchdog } from "./startWatchdog.ts";
import { displayPath } from "./store.ts";
import { tailFile } from "./tailFile.ts";
import { waitForHealth } from "./waitForHealth.ts";
import { type WatchTerms, watchHealth } from "./watchHealth.ts";

const TAIL_LINES = 15;

export interface Supervisor {
  /** Starts a part and waits until it is healthy. Fails when it, or any other part, ends meanwhile. */
  start(spec: PartSpec): Promise<void>;
  /** Settles with the reason when a part dies that nobody stopped. */
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

/** Keeps a set of processes alive together: all up, or none. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  mkdirSync(options.log_folder, { recursive: true });
  const watchdog = startWatchdog();
  const parts = new Map<PartSpec, Part>();
  const revivals = createRevivals();
  const unwatch = new Map<PartSpec, () => void>();
  const failure = Promise.withResolvers<AppError>();
  let stopping: Promise<void> | null = null;

  /** Of a part that another has taken the place of, the end is no failure. */
  const fail = (part: Part, how: string) => {
    if (stopping === null && parts.get(part.spec) === part) failure.resolve(describe(part, how));
  };

  function launch(spec: PartSpec): Part {
    if (stopping !== null) throw new AppError("cancelled", "The stack is being stopped.");
    const part = launchPart(spec, join(options.log_folder, `${spec.name}.log`));
    parts.set(spec, part);
    if (part.identity) watchdog.guard(part.identity);
    options.onParts([...parts.values()].flatMap(toRunPart));
    return part;
  }

  async function start(spec: PartSpec): Promise<void> {
    const part = launch(spec);
    let isUp = spec.health === null;
    void part.ended.then((how) => fail(part, isUp ? how : `${how} before it was up`));
    const problem = await Promise.race([untilUp(part), failure.promise]);
    if (problem !== null) throw problem;
    isUp = true;
    if (spec.health) unwatch.set(spec, watch(part, spec.health));
  }

  function watch(part: Part, health: NonNullable<PartSpec["health"]>): () => void {
    const members = () => new Set(part.spec.is_revived ? part.members().map(({ pid, started }) => `${pid} ${started}`) : []);
    const onDead = (reason: string) => (part.spec.is_revived ? void revive(part, reason) : fail(part, reason));
    return watchHealth(health, members, onDead, options.watch_terms);
  }

  async function revive(part: Part, reason: string): Promise<void> {
    if (stopping !== null) return;
    const { spec } = part;
    const began = Date.now();
    if (!revivals.grant(spec, began)) return fail(part, `${reason}, ${TOO_OFTEN}`);
    parts.delete(spec);
    // What does not serve does not end in order either.
    await part.end();
    try {
      await start(spec);
      options.say?.(`${spec.name} ${reason}: started again, up in ${formatDuration(Date.now() - began)}`);
    } catch (error) {
      if (stopping === null) failure.resolve(toAppError(error));
    }
  }

  async function stopAll(): Promise<void> {
    for (const cancel of unwatch.values()) cancel();
    for (const part of [...parts.values()].toReversed()) {
      const { name, drain } = part.spec;
      const words = drain && !part.hasEnded() ? await drainPart(name, drain) : null;
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

/** Null when the part is up. One that ends meanwhile is told of by its end. */
async function untilUp(part: Part): Promise<AppError | null> {
  const { health, up_within_ms } = part.spec;
  if (health === null) return null;
  const problem = await waitForHealth(health, up_within_ms, part.hasEnded);
  if (problem === null) return null;
  if (part.hasEnded()) return describe(part, `${await part.ended} before it was up`);
  return describe(part, `did not come up within ${up_within_ms / 1_000} s (${problem})`);
}

function describe(part: Part, how: string): AppError {
  const tail = tailFile(part.log_path, TAIL_LINES);
  const log = tail === "" ? ` Its log ${displayPath(part.log_path)} is empty.` : ` The end of ${displayPath(part.log_path)}:`;
  return partError(`${part.spec.name} ${how}.${log}`, tail);
}

function toRunPart(part: Part): RunPart[] {
  return part.identity ? [{ name: part.spec.name, ...part.identity }] : [];
}
