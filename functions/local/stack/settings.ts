import { parseAllowedHosts } from "../../../shared/contracts/allowedHosts.ts";
import { parseCorsOrigins } from "../../../shared/contracts/corsOrigins.ts";
import { parseApiKeys } from "../../../shared/contracts/keys/apiKey.ts";
import { parseAddressHeader } from "../../../shared/contracts/limits/clientAddress.ts";
import { parseRateLimits } from "../../../shared/contracts/limits/rateLimits.ts";
import { parseClosedPages } from "../../../shared/contracts/route/closedPages.ts";
import { requireSendable } from "../../../shared/contracts/sendableToken.ts";
import { type Instant, requireInstant } from "../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS, instrumentSchema } from "../../../shared/domain/instrument.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import { checkAddress } from "../../../shared/news/feeds/checkAddress.ts";
import { requireNewsContact } from "../../../shared/news/feeds/newsContact.ts";
import { NEWS_ORIGINS_VARIABLE, ownFeedHint, parseNewsOrigins } from "../../../shared/news/feeds/newsOrigins.ts";
import { parseNewsFeeds } from "../../../shared/news/feeds/newsSources.ts";
import { readNotifySettings } from "../../../shared/notify/notifySettings.ts";
import { parseRetention, RETENTION_VARIABLE } from "../../../shared/retention/retention.ts";
import { parseSidecarUrls } from "../../../shared/sidecars/parseSidecarUrls.ts";
import { HOST } from "../processes/ports.ts";
import { type Environment, readToken } from "./environment.ts";

export interface StackPorts {
  readonly worker: number;
  readonly sqld: number;
  readonly sidecar: number;
  readonly sandbox: number;
}

/** The variable that chooses each port, its default, and the part in words. */
export const PORT_VARIABLES = {
  worker: { variable: "FX_WORKER_PORT", port: 8787, part: "the Worker" },
  sqld: { variable: "FX_SQLD_PORT", port: 8790, part: "libSQL (sqld)" },
  sidecar: { variable: "FX_SIDECAR_PORT", port: 8791, part: "the gpu-sidecar" },
  sandbox: { variable: "FX_SANDBOX_PORT", port: 8792, part: "the sandbox" },
} as const satisfies Record<keyof StackPorts, { variable: string; port: number; part: string }>;

/** How many sidecars are started. */
export const SIDECARS_VARIABLE = "FX_SIDECARS";

/** Each has processes of its own that train: more of them on one machine only share its cores. */
const MAX_SIDECARS = 16;

/** Share of hours whose direction the sandbox makes predictable: the best possible accuracy is then 60 %. */
const DEFAULT_SANDBOX_SIGNAL = 0.2;

/** What the environment says about the stack. */
export interface Settings {
  readonly ports: StackPorts;
  /** How many sidecars there are. */
  readonly sidecars: number;
  /** Ports that were chosen for those after the first, which is among `ports`; the others take free ones. */
  readonly more_sidecar_ports: readonly number[];
  readonly oanda: { readonly url: string; readonly token: string } | null;
  readonly instruments: readonly string[];
  /** FX_CLOCK: the stack starts at this moment and goes on in real time. Null: the real time. */
  readonly clock_start: Instant | null;
  readonly sandbox_signal: number;
  /** Folder of recorded candles that the sandbox replays in place of simulating. */
  readonly sandbox_candles: string | null;
  readonly admin_token: string | null;
  /** When /predict answers: when its record is in the journal, or at once. */
  readonly predictions_answer: PredictionsAnswer;
  /** Each record is on the disk, and not only with the system, before it counts as recorded. */
  readonly predictions_sync: boolean;
  /** Where `fx serve` lets the Worker be looked into; null: nowhere, since an inspector asks nobody who they are. */
  readonly inspector_port: number | null;
  /** On which addresses of this machine `fx serve` opens the Worker's port; every other part stays on the loopback. */
  readonly worker_host: WorkerAddress;
  /** A build of the Worker and its pages by `fx build`, which `fx serve` runs as it is; null: it builds its own. */
  readonly worker_build: string | null;
  /** Sidecars that run elsewhere, as the Worker is told of them; null: the stack starts one of its own. */
  readonly sidecar_url: string | null;
  /** Where the runtime of `fx serve` leaves predictions for the journal: in this machine's memory, or nowhere. */
  readonly predictions_inbox: PredictionsInbox;
}

export type WorkerAddress = typeof HOST | "0.0.0.0";
export type PredictionsInbox = "memory" | "off";

/** Only the host of `fx serve` has one. */
export const INSPECTOR_VARIABLE = "FX_INSPECTOR_PORT";
/** Only the host of `fx serve` can be opened to others. */
export const ADDRESS_VARIABLE = "FX_WORKER_HOST";
export const BUILD_VARIABLE = "FX_WORKER_BUILD";

export type PredictionsAnswer = "recorded" | "at_once";

export function readSettings(env: Environment): Settings {
  const url = readText(env, "OANDA_API_URL");
  const clock = readText(env, "FX_CLOCK");
  const sidecars = readSidecars(readText(env, SIDECARS_VARIABLE));
  const [sidecar, ...more_sidecar_ports] = readSidecarPorts(env, sidecars);
  const ports = readPorts(env, sidecar, more_sidecar_ports);
  // The parts read these; what is wrong with them is better said before anything starts.
  const own_sites = parseNewsOrigins(env[NEWS_ORIGINS_VARIABLE]);
  checkNewsFeeds(env["NEWS_FEEDS"], [...own_sites, ...(url === null ? [new URL(urlOf(ports.sandbox)).origin] : [])]);
  requireNewsContact(readText(env, "NEWS_CONTACT") ?? "none");
  parseRateLimits(env["RATE_LIMITS"], parseAllowedHosts(env["ALLOWED_HOSTS"]));
  parseClosedPages(env["CLOSED_PAGES"]);
  parseAddressHeader(env["CLIENT_ADDRESS_HEADER"]);
  parseCorsOrigins(env["CORS_ORIGINS"]);
  readNotifySettings(env);
  const sidecar_token = readToken(env, "SIDECAR_TOKEN");
  parseRetention(env[RETENTION_VARIABLE]);
  parseApiKeys(env["API_KEYS"]);
  return {
    ports,
    sidecars,
    more_sidecar_ports,
    oanda: url === null ? null : readOanda(url, readToken(env, "OANDA_API_TOKEN", requireSendable)),
    instruments: readInstruments(readText(env, "INSTRUMENTS")),
    clock_start: clock === null ? null : requireInstant(clock, "FX_CLOCK"),
    sandbox_signal: readSignal(readText(env, "SANDBOX_SIGNAL")),
    sandbox_candles: readText(env, "SANDBOX_CANDLES"),
    admin_token: readToken(env, "ADMIN_TOKEN"),
    predictions_answer: readChoice(env, "PREDICTIONS_ANSWER", ["recorded", "at_once"]),
    predictions_sync: readChoice(env, "PREDICTIONS_SYNC", ["off", "on"]) === "on",
    inspector_port: readText(env, INSPECTOR_VARIABLE) === null ? null : readPort(env, INSPECTOR_VARIABLE, 0),
    worker_host: readChoice(env, ADDRESS_VARIABLE, [HOST, "0.0.0.0"]),
    worker_build: readText(env, BUILD_VARIABLE),
    sidecar_url: readSidecarUrls(readText(env, "SIDECAR_URL"), sidecar_token),
    predictions_inbox: readChoice(env, "PREDICTIONS_INBOX", ["memory", "off"]),
  };
}

export function urlOf(port: number): string {
  return `http://${HOST}:${port}`;
}

function checkNewsFeeds(text: string | undefined, allowed_origins: readonly string[]): void {
  const addresses = parseNewsFeeds(text, []).flatMap(({ feeds, archive_url }) => [
    ...feeds,
    ...(archive_url === null ? [] : [archive_url]),
  ]);
  for (const address of addresses) {
    try {
      checkAddress(address, new Set(allowed_origins));
    } catch (error) {
      const { code, message } = toAppError(error);
      throw new AppError(code, `NEWS_FEEDS: ${message}.${ownFeedHint(address)}`, { details: { field: "NEWS_FEEDS" }, cause: error });
    }
  }
}

function readText(env: Environment, name: string): string | null {
  const text = env[name]?.trim();
  return text === undefined || text === "" ? null : text;
}

function readPorts(env: Environment, sidecar: number, more_sidecar_ports: readonly number[]): StackPorts {
  const port = (name: keyof StackPorts) => readPort(env, PORT_VARIABLES[name].variable, PORT_VARIABLES[name].port);
  const ports = { worker: port("worker"), sqld: port("sqld"), sidecar, sandbox: port("sandbox") };
  const names = Object.keys(ports) as (keyof StackPorts)[];
  const all = [...names.map((name) => [name, ports[name]] as const), ...more_sidecar_ports.map((more) => ["sidecar", more] as const)];
  const twice = all.find(([, one], index) => all.slice(0, index).some(([, other]) => other === one));
  if (twice) throw wrong(PORT_VARIABLES[twice[0]].variable, String(twice[1]), "a port that no other part of the stack has");
  return ports;
}

function readPort(env: Environment, variable: string, fallback: number): number {
  const text = readText(env, variable);
  return text === null ? fallback : requirePort(variable, text);
}

function requirePort(variable: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrong(variable, text, "a port from 1 to 65535");
  return port;
}

/** One port, or as many as there are sidecars with commas between them. */
function readSidecarPorts(env: Environment, sidecars: number): readonly [number, ...number[]] {
  const { variable, port } = PORT_VARIABLES.sidecar;
  const text = readText(env, variable);
  if (text === null) return [port];
  const [first = port, ...more] = text.split(",").map((part) => requirePort(variable, part.trim()));
  if (more.length < sidecars) return [first, ...more];
  throw wrong(
    variable,
    text,
    sidecars === 1 ? `one port (or more sidecars: ${SIDECARS_VARIABLE})` : `${sidecars} ports at most, as many as ${SIDECARS_VARIABLE}`,
  );
}

/** How many sidecars a text asks for; the default for null. `name`: where it stands. */
export function readSidecars(text: string | null, name: string = SIDECARS_VARIABLE): number {
  if (text === null) return 1;
  const sidecars = Number(text);
  if (!Number.isInteger(sidecars) || sidecars < 1 || sidecars > MAX_SIDECARS) throw wrong(name, text, `a number from 1 to ${MAX_SIDECARS}`);
  return sidecars;
}

function readOanda(url: string, token: string | null): { url: string; token: string } {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw wrong("OANDA_API_URL", url, "an address such as https://api-fxpractice.oanda.com");
  if (token === null)
    throw new AppError("invalid_request", "OANDA_API_URL is set but OANDA_API_TOKEN is not. OANDA answers nobody without a token.");
  return { url, token };
}

/** One address, or several with commas between them; they share a token, without which whoever reaches one could train on it. */
function readSidecarUrls(text: string | null, token: string | null): string | null {
  if (text === null) return null;
  parseSidecarUrls(text);
  if (token !== null) return text;
  const message = "SIDECAR_URL is set but SIDECAR_TOKEN is not. Set it to the token that the sidecar is started with.";
  throw new AppError("invalid_request", message, { details: { field: "SIDECAR_TOKEN" } });
}

function readInstruments(text: string | null): readonly string[] {
  if (text === null) return DEFAULT_INSTRUMENTS;
  const instruments = text.split(",").map((part) => part.trim());
  const bad = instruments.find((instrument) => !instrumentSchema.safeParse(instrument).success);
  if (bad !== undefined) throw wrong("INSTRUMENTS", bad, "pairs such as USD_SGD,EUR_USD");
  return instruments;
}

/** One of some words; the first is the default. */
function readChoice<Word extends string>(env: Environment, variable: string, words: readonly [Word, ...Word[]]): Word {
  const text = readText(env, variable);
  const found = text === null ? words[0] : words.find((word) => word === text);
  if (found === undefined) throw wrong(variable, String(text), words.join(" or "));
  return found;
}

function readSignal(text: string | null): number {
  if (text === null) return DEFAULT_SANDBOX_SIGNAL;
  const signal = Number(text);
  if (!(signal >= 0 && signal <= 1)) throw wrong("SANDBOX_SIGNAL", text, "a number from 0 (pure noise) to 1");
  return signal;
}

function wrong(variable: string, found: string, expected: string): AppError {
  return new AppError("invalid_request", `${variable} is "${found}"; expected ${expected}.`, { details: { field: variable } });
}
