import type { ApiKey } from "../../../shared/contracts/keys/apiKey.ts";
import { toIso } from "../../../shared/domain/instant.ts";
import type { MarketOrigin } from "../../../shared/ports/barStore.ts";
import { COMPILE_CACHE } from "../processes/nodeCommand.ts";
import type { Environment } from "./environment.ts";
import type { Settings, StackPorts } from "./settings.ts";
import type { StackTokens } from "./stackTokens.ts";
import type { Store } from "./store.ts";

/**
 * What runs the Worker: `wrangler dev`, as a project on Cloudflare is run locally, or the lean host of `fx serve`, which
 * builds once and answers six times as many requests; `node`: the same, with predictions answered by Node.
 */
export type WorkerHost = "dev" | "serve" | "node";

/** What runs the Worker for a command that ends: where a build is at hand, nothing has to be built, nor be there to build with. */
export function hostOfJob({ worker_build }: Pick<Settings, "worker_build">): WorkerHost {
  return worker_build === null ? "dev" : "serve";
}

/** Everything that the parts are made from. */
export interface StackPlan {
  /** Folder of the repository. */
  readonly root: string;
  readonly store: Store;
  readonly settings: Settings;
  readonly ports: StackPorts;
  /** Of the sidecars after the first, whose port is among `ports`. */
  readonly more_sidecar_ports: readonly number[];
  readonly host: WorkerHost;
  /** Folder of the Worker's build under `fx serve`. */
  readonly build: string;
  /** Where the ticker fires crons: wrangler dev takes them on the Worker's own port. */
  readonly cron_port: number;
  readonly origin: MarketOrigin;
  readonly tokens: StackTokens;
  /** Who else may ask the Worker for something. */
  readonly api_keys: readonly ApiKey[];
  /** Where the Worker leaves its predictions: a free port. */
  readonly journal_port: number;
  /** Simulated time minus real time; null without FX_CLOCK. One number for all parts, so that their clocks agree. */
  readonly clock_offset_ms: number | null;
  /** The user's environment, inherited by the parts. */
  readonly env: Environment;
}

/** What a user's environment may hold for the Worker alone, which gets it by a file or a message of its own (workerVariables). */
const SECRETS: Environment = {
  OANDA_API_TOKEN: undefined,
  ADMIN_TOKEN: undefined,
  API_KEYS: undefined,
  NOTIFY_SLACK_WEBHOOK_URL: undefined,
  NOTIFY_EMAIL_TOKEN: undefined,
};

/** The inherited environment without the Worker's secrets, with changes; undefined takes a variable away. */
export function childEnvironment(plan: Pick<StackPlan, "env">, changes: Environment): Record<string, string> {
  const merged = { NODE_COMPILE_CACHE: COMPILE_CACHE, ...plan.env, ...SECRETS, ...changes };
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/**
 * Where this run's candles come from. A simulated store takes them from the sandbox; a real one from OANDA when it is
 * configured, and otherwise only from imports.
 */
export function originOf(store: Pick<Store, "market">, settings: Pick<Settings, "oanda">): MarketOrigin {
  if (store.market === "sandbox") return "sandbox";
  return settings.oanda === null ? "import" : "oanda";
}

/** Of every sidecar of the stack, in their order; none where they run elsewhere. */
export function sidecarPorts({
  ports,
  more_sidecar_ports,
  settings,
}: Pick<StackPlan, "ports" | "more_sidecar_ports" | "settings">): readonly number[] {
  return settings.sidecar_url === null ? [ports.sidecar, ...more_sidecar_ports] : [];
}

/** FX_CLOCK for a part that is started now: the simulated moment that it starts at. */
export function fxClock(plan: Pick<StackPlan, "clock_offset_ms">): string | undefined {
  return plan.clock_offset_ms === null ? undefined : toIso(Date.now() + plan.clock_offset_ms);
}
