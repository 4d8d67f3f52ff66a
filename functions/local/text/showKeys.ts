import type { ApiKey } from "../../../shared/contracts/keys/apiKey.ts";
import { type Instant, parseInstant } from "../../../shared/domain/instant.ts";
import { renderTable } from "./table.ts";

/** `now`: what has expired by then says so. */
export function renderKeys(keys: readonly ApiKey[], now: Instant): string {
  if (keys.length === 0) return "There are no keys. Make one: fx keys create NAME --scope read";
  const rows = keys.map((key) => [key.name, key.scopes.join(", "), key.created_at, endOf(key, now)]);
  return renderTable([{ title: "key" }, { title: "may" }, { title: "made" }, { title: "ends" }], rows);
}

function endOf({ expires_at, revoked_at }: ApiKey, now: Instant): string {
  if (revoked_at !== null) return `revoked ${revoked_at}`;
  if (expires_at === null) return "never";
  return (parseInstant(expires_at) ?? 0) <= now ? `expired ${expires_at}` : expires_at;
}
