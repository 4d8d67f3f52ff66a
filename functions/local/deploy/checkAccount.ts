import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../stack/environment.ts";
import type { Finding } from "./finding.ts";

const TOKEN = "CLOUDFLARE_API_TOKEN";
const ACCOUNT = "CLOUDFLARE_ACCOUNT_ID";

/** As whom wrangler would deploy. Nobody is asked: a token may still be refused. */
export function checkAccount(env: Environment, home = homedir()): readonly Finding[] {
  const about = "account";
  const account: Finding = env[ACCOUNT]
    ? { about, state: "ok", text: `${ACCOUNT} is set.` }
    : { about, state: "note", text: `${ACCOUNT} is not set: wrangler takes the account of the login, and asks where there are several.` };
  if (env[TOKEN] || (env["CLOUDFLARE_API_KEY"] && env["CLOUDFLARE_EMAIL"]))
    return [{ about, state: "ok", text: "A token of Cloudflare is set." }, account];
  if (loginFiles(env, home).some(existsSync)) return [{ about, state: "ok", text: "wrangler is logged in." }, account];
  const text = `Nobody is logged in: npx wrangler login, or set ${TOKEN} to a token that may edit Workers, KV, R2 and Queues, and ${ACCOUNT}.`;
  return [{ about, state: "problem", text }];
}

/** Where wrangler 4 keeps its login: by the XDG rules, or as its older versions did. */
function loginFiles(env: Environment, home: string): string[] {
  const config = env["XDG_CONFIG_HOME"] || join(home, ".config");
  return [join(config, ".wrangler"), join(home, ".wrangler")].map((folder) => join(folder, "config", "default.toml"));
}
