import { type Instant, SECOND } from "../../../../shared/domain/instant.ts";
import { httpDate } from "../feeds/feedDates.ts";

/** What identifies a state of a feed. */
export interface Validators {
  /** With its quotes. */
  readonly etag: string;
  readonly last_modified: Instant;
}

/**
 * Whether the client has this state already (RFC 9110, section 13): If-None-Match decides where it is given, by weak
 * comparison, and If-Modified-Since otherwise, to the second.
 */
export function isUnchanged({ etag, last_modified }: Validators, header: (name: string) => string | undefined): boolean {
  const tags = header("If-None-Match");
  if (tags !== undefined) return tags.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
  const since = Date.parse(header("If-Modified-Since") ?? "");
  return Math.floor(last_modified / SECOND) * SECOND <= since;
}

export function validatorHeaders({ etag, last_modified }: Validators): Record<string, string> {
  return { ETag: etag, "Last-Modified": httpDate(last_modified), "Cache-Control": "max-age=60" };
}
