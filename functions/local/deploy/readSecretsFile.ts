import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { AppError } from "../../../shared/errors.ts";

/** Variables of wrangler itself: what is in the file goes to the Worker, which is to know no key to its own account. */
const OF_WRANGLER = /^(CLOUDFLARE|CF|WRANGLER)_/;

/** What an installation sets beside wrangler.toml, from a .env file; nothing where there is no file. An empty value counts as not set. */
export function readSecretsFile(path: string): Readonly<Record<string, string>> {
  if (!existsSync(path)) return {};
  const given = Object.entries(parseEnv(readFileSync(path, "utf8"))).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  const odd = given.find(([name]) => OF_WRANGLER.test(name));
  if (odd === undefined) return Object.fromEntries(given);
  throw new AppError(
    "invalid_request",
    `${path} has ${odd[0]}, and all that it has goes to the Worker. Set it in the environment instead.`,
    {
      details: { field: odd[0] },
    },
  );
}
