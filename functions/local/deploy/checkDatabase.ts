import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { toAppError } from "../../../shared/errors.ts";
import type { Finding } from "./finding.ts";
import { migrationState } from "./migrationState.ts";

/** How far the schema is behind. `will_apply`: what is pending is applied before the Worker is deployed. */
export async function checkDatabase(
  root: string,
  settings: Readonly<Record<string, string>>,
  file: string,
  will_apply: boolean,
): Promise<Finding> {
  const about = "database";
  const { SQLD_URL: url, SQLD_AUTH_TOKEN: token } = settings;
  if (!url || !token) {
    const text = `The database was not looked at: ${file} has not SQLD_URL and SQLD_AUTH_TOKEN, and what Cloudflare keeps cannot be read back.`;
    return { about, state: "problem", text };
  }
  try {
    const { pending, all, newer } = await migrationState(root, url, token);
    if (newer !== null) return { about, state: "problem", text: `${newer}.` };
    if (pending.length === 0) return { about, state: "ok", text: `The database has all ${counted(all, "migration")}.` };
    const what = `${pending.length} of ${counted(all, "migration")} ${byCount(pending.length, "is", "are")} pending: ${pending.join(", ")}`;
    return {
      about,
      state: "note",
      text: will_apply ? `${what}.` : `${what}. With --apply they are applied before the Worker is deployed.`,
    };
  } catch (error) {
    return { about, state: "problem", text: toAppError(error).message };
  }
}
