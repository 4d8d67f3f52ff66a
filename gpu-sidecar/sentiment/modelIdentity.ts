import { createHash } from "node:crypto";
import { PROMPT_VERSION } from "./promptText.ts";

export interface IdentityParts {
  readonly base_sha256: string;
  readonly adapter_sha256: string | null;
  readonly scale: number;
  readonly prompt_market: boolean;
  readonly context_tokens: number;
}

/** One name for everything that an answer depends on. Scores of different names are not to be mixed in one history. */
export function modelIdentity(parts: IdentityParts): string {
  // A scale without an adapter changes nothing.
  const scale = parts.adapter_sha256 === null ? null : parts.scale;
  const text = JSON.stringify([PROMPT_VERSION, parts.base_sha256, parts.adapter_sha256, scale, parts.prompt_market, parts.context_tokens]);
  return `fingpt-${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
}
