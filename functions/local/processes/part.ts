import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, renameSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess, ownGroupMembers, type ProcessIdentity, signalGroup } from "./processIdentity.ts";
import type { WatchTerms } from "./watchTerms.ts";

/** One process of the stack, as data. */
export interface PartSpec {
  /** As a reader reads it, and the name of its log. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Node processes get a channel to fx and end when it closes. */
  readonly is_node: boolean;
  readonly health: PartHealth | null;
  /** Asked before it is stopped, to bring away what it holds. */
  readonly drain?: PartDrain;
  readonly up_within_ms: number;
  /** How long it may take to end by itself after SIGTERM. */
  readonly stop_within_ms: number;
  /** Its silence is no work any more once a process of its group has ended: it cannot serve without that one. */
  readonly needs_all?: boolean;
  /** What differs for this part from how long any other may be silent. */
  readonly watch?: Partial<WatchTerms>;
}

export interface PartHealth {
  readonly url: string;
  /** Statuses that mean "up". */
  readonly statuses: readonly number[];
  /** What it is asked once it is up, where the health address answers although its work stands still. Any answer is life. */
  readonly pulse?: PartPulse;
}

/** A POST that does a little of the part's own work. */
export interface PartPulse {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What has not been done when no answer comes, for the screen. */
  readonly words: string;
}

/** A POST whose answer `{ say }` is a line for the screen, or null. */
export interface PartDrain {
  readonly url: string;
  readonly token: string;
  readonly within_ms: number;
}

export interface Part {
  readonly spec: PartSpec;
  readonly log_path: string;
  readonly identity: ProcessIdentity | null;
  /** How it ended, in words. Never rejects. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  stop(): Promise<void>;
  kill(): void;
  /** Living processes of its group. */
  members(): readonly ProcessIdentity[];
  /** Kills it, and settles when nothing of its group is left. */
  end(): Promise<void>;
}

/** What was killed lives until the system has cleared it away. */
const CLEARED_WITHIN_MS = 2_000;

/** Starts the process as the leader of its own group, writing to its own log. */
export function launchPart(spec: PartSpec, log_path: string): Part {
  const child = spawnWithLog(spec, log_path);
  const identity = child.pid === undefined ? null : identifyProcess(child.pid);
  let how: string | null = null;
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      resolve(`could not be started (${error.code ?? error.message}: ${spec.command})`),
    );
    child.once("exit", (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`));
  }).then((words) => {
    how = words;
    return words;
  });
  const kill = () => killGroup(identity);
  const members = () => (identity ? ownGroupMembers(identity) : []);
  const cleared = async () => {
    for (const until = Date.now() + CLEARED_WITHIN_MS; members().length > 0 && Date.now() < until; ) await sleep(5);
  };
  return {
    spec,
    log_path,
    identity,
    ended,
    hasEnded: () => how !== null,
    stop: () => stopGently(child, ended, spec.stop_within_ms, kill).then(cleared),
    kill,
    members,
    end: () => {
      kill();
      return ended.then(cleared);
    },
  };
}

function spawnWithLog(spec: PartSpec, log_path: string): ChildProcess {
  if (existsSync(log_path)) renameSync(log_path, log_path.replace(/\.log$/, ".previous.log"));
  const log = openSync(log_path, "a");
  try {
    return spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ["ignore", log, log, ...(spec.is_node ? (["ipc"] as const) : [])],
    });
  } finally {
    closeSync(log);
  }
}

/** SIGTERM to the leader, which ends its children in order; what is left of the group then is killed. */
async function stopGently(child: ChildProcess, ended: Promise<string>, within_ms: number, kill: () => void): Promise<void> {
  child.kill("SIGTERM");
  await Promise.race([ended, sleep(within_ms, undefined, { ref: false })]);
  kill();
  if (child.pid !== undefined) await ended;
}

function killGroup(identity: ProcessIdentity | null): void {
  if (identity && ownGroupMembers(identity).length > 0) signalGroup(identity.pid, "SIGKILL");
}
