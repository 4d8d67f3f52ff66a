import type { SentimentHealth } from "../../shared/contracts/sentiment.ts";
import type { ModelSettings } from "./modelSettings.ts";
import type { MarketContext } from "./promptText.ts";
import type { LabelReading } from "./readLabels.ts";

/** SHA-256 of a file, valid while its size and time of change stay. */
export interface KnownHash {
  readonly path: string;
  readonly bytes: number;
  readonly modified_ms: number;
  readonly sha256: string;
}

/** Everything that the model process needs to begin. */
export interface LoadTask extends Omit<ModelSettings, "base" | "max_queue"> {
  readonly base: string;
  /** Hashes from an earlier process, so that a restart does not read 7 GB for nothing. */
  readonly known_hashes: readonly KnownHash[];
  /** Always true in the service; the bench measures what it is worth. */
  readonly reuse_prefix: boolean;
}

/** What became of it. */
export interface ModelFacts {
  readonly model: string;
  readonly base: string;
  readonly adapter: string | null;
  readonly device: NonNullable<SentimentHealth["device"]>;
  /** Layers that lie on the device, of all. */
  readonly gpu_layers: number;
  readonly hashes: readonly KnownHash[];
  /** Of the trial article: low = this model does not answer FinGPT's question. */
  readonly trial_label_mass: number;
  readonly load_ms: number;
}

export interface ArticleTask {
  readonly text: string;
  readonly market: MarketContext | null;
}

export interface ArticleReading extends LabelReading {
  readonly truncated: boolean;
  readonly ms: number;
}

export type ToModel =
  | { readonly type: "load"; readonly task: LoadTask }
  | { readonly type: "read"; readonly key: number; readonly article: ArticleTask };

export type FromModel =
  | { readonly type: "ready"; readonly facts: ModelFacts }
  | { readonly type: "cannot_load"; readonly message: string }
  | { readonly type: "reading"; readonly key: number; readonly reading: ArticleReading }
  | { readonly type: "unreadable"; readonly key: number; readonly message: string };
