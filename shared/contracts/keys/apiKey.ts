import { z } from "zod";
import { AppError } from "../../errors.ts";

/** What a key may do. `write` may read as well, and `admin` may do everything. */
export const SCOPES = ["predict", "read", "write", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** A key as an installation keeps it: its SHA-256, so that who reads this cannot use it. A key has 256 bits of chance in it, and needs no salt. */
export const apiKeySchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, "use lower case letters, digits and -._, 63 at most"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected a SHA-256 as 64 hex digits"),
  scopes: z.array(z.enum(SCOPES)).min(1),
  created_at: z.iso.datetime(),
  /** Null: never. */
  expires_at: z.iso.datetime().nullable(),
  revoked_at: z.iso.datetime().nullable(),
});
export type ApiKey = Readonly<z.infer<typeof apiKeySchema>>;

const apiKeysSchema = z
  .array(apiKeySchema)
  .max(1_000)
  .refine((keys) => new Set(keys.map(({ name }) => name)).size === keys.length, "two keys have one name");

/** API_KEYS: a JSON list of keys; none where it is not set. What is wrong with it is said without what it holds. */
export function parseApiKeys(text: string | undefined, source = "API_KEYS"): readonly ApiKey[] {
  if (text === undefined || text.trim() === "") return [];
  const parsed = apiKeysSchema.safeParse(jsonOrUndefined(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue && issue.path.length > 0 ? `its part ${issue.path.join(".")}: ${issue.message}` : (issue?.message ?? "");
  throw new AppError("invalid_request", `${source} is not a list of keys as fx keys list --json prints it (${where}).`, {
    status: 422,
    details: { field: source },
  });
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function mayDo(scopes: readonly Scope[], needed: Scope): boolean {
  return scopes.includes("admin") || scopes.includes(needed) || (needed === "read" && scopes.includes("write"));
}
