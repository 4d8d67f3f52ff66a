import { PAID_PLAN, READ_ON } from "../../../shared/deployment/cloudflarePlans.ts";
import { environmentDifferences, type WorkerConfig } from "../../../shared/deployment/environmentDifferences.ts";
import { demandOf, describePlan } from "../../../shared/deployment/planNeeds.ts";
import type { Bundle } from "./buildBundle.ts";
import type { Finding } from "./finding.ts";
import type { WranglerConfig } from "./readWranglerConfig.ts";

interface Resources {
  readonly kv_namespaces?: readonly { readonly binding: string; readonly id?: string }[];
  readonly r2_buckets?: readonly { readonly binding: string; readonly bucket_name?: string }[];
  readonly queues?: {
    readonly producers?: readonly { readonly binding: string; readonly queue: string }[];
    readonly consumers?: readonly { readonly queue: string; readonly dead_letter_queue?: string }[];
  };
}

/** KV's ids are 32 hexadecimal digits; anything else stands for one that nobody has filled in. */
const KV_ID = /^[0-9a-f]{32}$/;

/** Whether the environment is there and whole. */
export function checkConfig({ top, production }: WranglerConfig, path: string): readonly Finding[] {
  const about = "configuration";
  if (production === null) {
    const text = `${path} has no [env.production], and the top level is that of one machine: nothing can be deployed by it. Take that part of the repository's wrangler.toml.`;
    return [{ about, state: "problem", text }];
  }
  const differences = environmentDifferences(top, production).map(
    (difference): Finding => ({
      about,
      state: "problem",
      text: `[env.production]: ${difference}. Make it as at the top level of ${path}.`,
    }),
  );
  const ids = (production as Resources).kv_namespaces ?? [];
  const placeholders = ids
    .filter(({ id }) => typeof id === "string" && !KV_ID.test(id))
    .map(
      ({ binding, id }): Finding => ({
        about,
        state: "problem",
        text: `[env.production]: the id "${id}" of ${binding} is none of Cloudflare's. Leave it out, and the first deployment makes the namespace; or: npx wrangler kv namespace create ${binding} --env production`,
      }),
    );
  const unconsumed = unconsumedQueues(production).map(
    (queue): Finding => ({
      about,
      state: "problem",
      text: `[env.production]: nothing consumes the queue ${queue}: its messages would pile up.`,
    }),
  );
  const problems = [...differences, ...placeholders, ...unconsumed];
  if (problems.length > 0) return problems;
  return [{ about, state: "ok", text: "[env.production] has every binding, queue, consumer, cron and flag of the top level." }];
}

/** Queues that are written to, or get dead letters, without a consumer. */
function unconsumedQueues(config: WorkerConfig): readonly string[] {
  const consumed = new Set((config as Resources).queues?.consumers?.map(({ queue }) => queue));
  return queuesOf(config).filter((queue) => !consumed.has(queue));
}

/** Every queue that the Worker writes to, reads, or leaves dead letters in. */
export function queuesOf(config: WorkerConfig): readonly string[] {
  const { producers = [], consumers = [] } = (config as Resources).queues ?? {};
  const dead = consumers.flatMap(({ dead_letter_queue }) => (dead_letter_queue === undefined ? [] : [dead_letter_queue]));
  return [...new Set([...producers.map(({ queue }) => queue), ...consumers.map(({ queue }) => queue), ...dead])];
}

/** What a first deployment would make. */
export function describeResources(config: WorkerConfig): readonly Finding[] {
  const about = "resources";
  const { kv_namespaces = [], r2_buckets = [], queues } = config as Resources;
  const dead = new Set((queues?.consumers ?? []).flatMap(({ dead_letter_queue }) => dead_letter_queue ?? []));
  const { crons = [] } = (config["triggers"] ?? {}) as { crons?: readonly string[] };
  const note = (text: string): Finding => ({ about, state: "note", text });
  return [
    note(`The Worker ${config["name"]}, and ${crons.length} crons: ${crons.join(", ")}.`),
    ...kv_namespaces.map(({ binding, id }) =>
      note(
        `The KV namespace of ${binding}: ${id === undefined ? "made by the first deployment, found again by the next" : `${id}, which must be there`}.`,
      ),
    ),
    ...r2_buckets.map(({ binding, bucket_name }) => note(`The R2 bucket of ${binding}: ${bucket_name ?? "made by the first deployment"}.`)),
    ...queuesOf(config).map((queue) => note(`The queue ${queue}${dead.has(queue) ? ", for dead letters" : ""}.`)),
  ];
}

export function checkBundle({ bytes, gzip_bytes }: Bundle): Finding {
  const size = `The bundle is ${kib(bytes)} KiB, ${kib(gzip_bytes)} gzipped`;
  const limit = `${kib(PAID_PLAN.bundle_bytes)} KiB are allowed uncompressed (read ${READ_ON}; accounts of before were held to 3,072 gzipped on Free, 10,240 on Paid)`;
  return { about: "bundle", state: bytes <= PAID_PLAN.bundle_bytes ? "ok" : "problem", text: `${size}: ${limit}.` };
}

export function checkPlan(config: WorkerConfig, bundle: Bundle | null): Finding {
  const { fits, text } = describePlan(demandOf(config, bundle?.bytes ?? null));
  return { about: "plan", state: fits ? "note" : "problem", text };
}

function kib(bytes: number): string {
  return Math.ceil(bytes / 1024).toLocaleString("en");
}
