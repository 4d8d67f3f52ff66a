import type { KVNamespace, Queue, R2Bucket } from "@cloudflare/workers-types";
import { z } from "zod";
import { CAUTIOUS_RULE } from "../shared/backtest/tradingRule.ts";
import { SPIKE_GUARD } from "../shared/bronze/findSpikes.ts";
import { type AllowedHosts, parseAllowedHosts } from "../shared/contracts/allowedHosts.ts";
import { parseCorsOrigins } from "../shared/contracts/corsOrigins.ts";
import type { TaskKey } from "../shared/contracts/dags.ts";
import { type ApiKey, parseApiKeys } from "../shared/contracts/keys/apiKey.ts";
import { parseAddressHeader } from "../shared/contracts/limits/clientAddress.ts";
import type { ReprocessMessage } from "../shared/contracts/reprocess.ts";
import { parseClosedPages } from "../shared/contracts/route/closedPages.ts";
import { requireBearer, requireSendable } from "../shared/contracts/sendableToken.ts";
import { DEFAULT_OANDA_SLOTS, DEFAULT_WIDE_SLOTS } from "../shared/dag/pool.ts";
import { cloudflareProblems } from "../shared/deployment/cloudflareSettings.ts";
import { DEFAULT_INSTRUMENTS, instrumentSchema } from "../shared/domain/instrument.ts";
import { AppError } from "../shared/errors.ts";
import { parseNewsOrigins } from "../shared/news/feeds/newsOrigins.ts";
import { ONLINE_TTL_MODES } from "../shared/online/featureStatus.ts";
import type { PredictionRecord } from "../shared/ports/predictionLog.ts";
import type { WorkerLoader } from "../shared/ports/workerLoader.ts";
import { parseRetention } from "../shared/retention/retention.ts";
import { parseSidecarUrls } from "../shared/sidecars/parseSidecarUrls.ts";
import { CHALLENGE_RULE } from "../shared/validation/judgeChallenge.ts";
import { MAX_PLAUSIBLE_ACCURACY } from "../shared/validation/plausibilityCheck.ts";

/** Bindings of wrangler.toml. */
export interface Bindings {
  readonly ONLINE: KVNamespace;
  readonly LAKE: R2Bucket;
  readonly HINTS: Queue<TaskKey>;
  readonly REPROCESS: Queue<ReprocessMessage>;
  readonly PREDICTIONS: Queue<readonly PredictionRecord[]>;
  /** The folder `assets`. Absent: there is no page at /docs. */
  readonly ASSETS?: { readonly fetch: typeof fetch };
  /** Makes the Workers that ONNX models run in. Absent: those are not served. */
  readonly LOADER?: WorkerLoader;
  /** The journal without a detour, where the host binds it (functions/local/serve); its address is JOURNAL_URL all the same. */
  readonly JOURNAL?: { readonly fetch: typeof fetch };
  /** The database without a detour, as the journal; its address is SQLD_URL all the same. */
  readonly SQLD?: { readonly fetch: typeof fetch };
  /** The folder in which the journal looks for predictions, where the host binds it. */
  readonly JOURNAL_INBOX?: { readonly fetch: typeof fetch };
}

/** Of the Worker for predictions alone, in a runtime of its own: the ways to what others hold. */
export interface ServingBindings extends Pick<Bindings, "JOURNAL" | "JOURNAL_INBOX" | "SQLD" | "LOADER"> {
  /** The whole Worker. */
  readonly PLATFORM: { readonly fetch: (request: Request) => Promise<Response> };
  /** What that one's runtime holds (functions/local/serve/stores.mjs), and the word to it. */
  readonly STORES: { readonly fetch: typeof fetch };
  readonly STORES_TOKEN: string;
}

const token = (name: string, requireToken = requireSendable) =>
  z
    .string()
    .optional()
    .transform((text) => (text === undefined ? undefined : requireToken(name, text)));

/** Variables and secrets. Every one has its line in docs/configuration.md. */
export const settingsSchema = z
  .object({
    SQLD_URL: z.url(),
    SQLD_AUTH_TOKEN: token("SQLD_AUTH_TOKEN"),
    /** One sidecar, or several with commas between them. */
    SIDECAR_URL: z.string().transform(parseSidecarUrls),
    SIDECAR_TOKEN: token("SIDECAR_TOKEN", requireBearer),
    OANDA_API_URL: z.url().optional(),
    OANDA_API_TOKEN: token("OANDA_API_TOKEN"),
    MARKET_ORIGIN: z.enum(["sandbox", "oanda", "import"]),
    /** Base address of the sandbox's news sites, which are read while candles come from the sandbox. */
    NEWS_SANDBOX_URL: z.url().optional(),
    /** More news sources, or others (shared/news/feeds/newsSources.ts). */
    NEWS_FEEDS: z.string().optional(),
    /** Sites that news may be read from although their addresses are not public. */
    NEWS_ALLOWED_ORIGINS: z
      .string()
      .optional()
      .transform((text): readonly string[] => parseNewsOrigins(text)),
    /** Whom a site's operator may write to; part of the User-Agent. */
    NEWS_CONTACT: z.string().optional(),
    INSTRUMENTS: z
      .string()
      .default(DEFAULT_INSTRUMENTS.join(","))
      .transform((text) => text.split(",").map((part) => part.trim()))
      .pipe(z.array(instrumentSchema).min(1)),
    MAX_PLAUSIBLE_ACCURACY: z.coerce.number().min(0.5).max(1).default(MAX_PLAUSIBLE_ACCURACY),
    /** When a staged version takes the place of the one in Production: shared/validation/judgeChallenge.ts. */
    CHAMPION_MAX_AGE_DAYS: z.coerce.number().min(0).default(CHALLENGE_RULE.max_age_days),
    CHALLENGER_NET_LOSS_BP: z.coerce.number().min(0).default(CHALLENGE_RULE.tolerated_net_bp),
    /** A probability of a rise above the one is bought, below the other sold, in backtests and reports. */
    TRADE_LONG_ABOVE: z.coerce.number().min(0).max(1).default(CAUTIOUS_RULE.long_above),
    TRADE_SHORT_BELOW: z.coerce.number().min(0).max(1).default(CAUTIOUS_RULE.short_below),
    SPIKE_GUARD: z.coerce.number().min(0.05).max(10).default(SPIKE_GUARD),
    /** Callers of OANDA at once. */
    OANDA_SLOTS: z.coerce.number().int().min(1).default(DEFAULT_OANDA_SLOTS),
    WIDE_SLOTS: z.coerce.number().int().min(1).default(DEFAULT_WIDE_SLOTS),
    /** Slices of tasks under way in one isolate: 1 on Cloudflare, more where the queue hands out one message after another. */
    HINTS_AT_ONCE: z.coerce.number().int().min(1).max(64).default(1),
    /** The journal of predictions on one machine. Without it they go through the queue, which is durable on Cloudflare. */
    JOURNAL_URL: z.url().optional(),
    JOURNAL_TOKEN: z.string().min(1).optional(),
    /** When /predict answers: once its record stands in the journal, or at once. */
    PREDICTIONS_ANSWER: z.enum(["recorded", "at_once"]).default("recorded"),
    /** Where the online store is beside KV, for a host that has none: in libSQL. */
    ONLINE_MIRROR: z.enum(["libsql"]).optional(),
    /** Whether online features older than their time to live are withheld, or served as Feast does. */
    ONLINE_TTL: z.enum(ONLINE_TTL_MODES).default("enforced"),
    /** How long is kept what grows without end: shared/retention/retention.ts. */
    RETENTION_DAYS: z.string().optional().transform(parseRetention),
    TRAINING_DEVICE: z.enum(["cpu", "cuda"]).default("cpu"),
    /** Commit of the code, for the record of what it trains. */
    CODE_VERSION: z.string().max(200).optional(),
    /** Where it runs, when not on a machine of one's own: there nothing is taken that points at one (shared/deployment). */
    DEPLOYED_TO: z.enum(["cloudflare"]).optional(),
    /** Simulated time minus real time; only for trying the system at another moment. */
    FX_CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
    /** Keys, each with what it may do: shared/contracts/keys/apiKey.ts. */
    API_KEYS: z
      .string()
      .optional()
      .transform((text): readonly ApiKey[] => parseApiKeys(text)),
    /** When set, everything but /predict and /health wants it, or a key, as a bearer token. It may do everything. */
    ADMIN_TOKEN: token("ADMIN_TOKEN", requireBearer),
    /** Names that the Worker is asked by beside localhost; `*` for all. A request by another is refused. */
    ALLOWED_HOSTS: z
      .string()
      .optional()
      .transform((text): AllowedHosts => parseAllowedHosts(text)),
    /** Pages that this installation does without. */
    CLOSED_PAGES: z.string().optional().transform(parseClosedPages),
    /** The header in which a proxy in front tells who asks. */
    CLIENT_ADDRESS_HEADER: z.string().optional().transform(parseAddressHeader),
    /** How often one key, and one address, may ask (functions/ratesOf.ts). */
    RATE_LIMITS: z.string().optional(),
    /** Pages of other addresses that may ask the Worker from a browser; absent: none. */
    CORS_ORIGINS: z.string().optional().transform(parseCorsOrigins),
  })
  .superRefine(requireSource)
  .refine(({ TRADE_LONG_ABOVE, TRADE_SHORT_BELOW }) => TRADE_SHORT_BELOW <= TRADE_LONG_ABOVE, {
    path: ["TRADE_SHORT_BELOW"],
    error: "it must not be above TRADE_LONG_ABOVE: a probability between the two would be bought and sold",
  });
export type Settings = z.infer<typeof settingsSchema>;

/** A live origin needs an address, and OANDA itself a token. */
function requireSource(
  settings: { MARKET_ORIGIN: string; OANDA_API_URL?: string | undefined; OANDA_API_TOKEN?: string | undefined },
  issues: z.core.$RefinementCtx,
): void {
  const needs = (name: "OANDA_API_URL" | "OANDA_API_TOKEN") => {
    if (settings[name] === undefined)
      issues.addIssue({ code: "custom", path: [name], message: `it must be set when MARKET_ORIGIN is ${settings.MARKET_ORIGIN}` });
  };
  if (settings.MARKET_ORIGIN !== "import") needs("OANDA_API_URL");
  if (settings.MARKET_ORIGIN === "oanda") needs("OANDA_API_TOKEN");
}

/** Reads the settings, or says which variable is wrong. An empty text counts as not set. */
export function readSettings(env: object): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === "string" && value !== ""));
  const [misplaced] = given["DEPLOYED_TO"] === "cloudflare" ? cloudflareProblems(given as Record<string, string>) : [];
  if (misplaced !== undefined) throw wrongVariable(misplaced.name, misplaced.problem);
  const result = settingsSchema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw wrongVariable(issue?.path.join("."), issue?.message);
}

function wrongVariable(name: string | undefined, problem: string | undefined): AppError {
  return new AppError("internal", `The variable ${name} of the Worker is wrong: ${problem}. See docs/configuration.md.`);
}
