import { randomBytes } from "node:crypto";
import { type ApiKey, apiKeySchema, SCOPES, type Scope } from "../../../shared/contracts/keys/apiKey.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { parseInstant, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { folderToStart } from "../stack/chooseStore.ts";
import { readKeys, writeKeys } from "../stack/keyFile.ts";
import { liveRun } from "../stack/runFile.ts";
import { readSettings } from "../stack/settings.ts";
import { displayPath, marketOfStore } from "../stack/store.ts";
import { usageError } from "../text/localError.ts";
import { renderKeys } from "../text/showKeys.ts";
import { type Command, type CommandArguments, type CommandContext, JSON_OPTION, listOption, STORE_OPTION, textOption } from "./command.ts";
import { readTime } from "./readTime.ts";

const CREATE = "keys create";
const WHERE =
  "The keys of a store stand in its keys.json, by their hashes. A stack takes them when it starts; API_KEYS, where it is set, takes their place. In production what fx keys list --json prints is the secret API_KEYS.";

export const keysListCommand: Command = {
  name: "keys list",
  summary: "the keys of a store: what each may do, and until when",
  positionals: [],
  options: { json: { type: "boolean", help: "only JSON on stdout, as API_KEYS takes it" }, store: STORE_OPTION },
  details: [WHERE],
  async run(context, args) {
    const keys = readKeys(folderOf(context, args));
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(keys) : renderKeys(keys, Date.now())}\n`);
    return 0;
  },
};

export const keysCreateCommand: Command = {
  name: CREATE,
  summary: "make a key for the HTTP API, and show it once",
  positionals: ["NAME"],
  options: {
    scope: { type: "string", value: "SCOPE", multiple: true, help: `${SCOPES.join(", ")}; several times for several` },
    expires: { type: "string", value: "TIME", help: "from when on it opens nothing, as 2027-01-01T00:00:00Z (never)" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: ["write may read as well, and admin may do everything. Nobody can show the key again.", WHERE],
  async run(context, args) {
    const folder = folderOf(context, args);
    const keys = readKeys(folder);
    const secret = `fx_${randomBytes(32).toString("base64url")}`;
    const key = newKey(args, secret);
    if (keys.some(({ name }) => name === key.name)) throw usageError(`There is a key "${key.name}" already: take another name.`, CREATE);
    writeKeys(folder, [...keys, key]);
    context.screen.say(`The key "${key.name}" of ${displayPath(folder)} may ${key.scopes.join(", ")}. ${whenItCounts(folder)}`);
    const { sha256: _hash, ...facts } = key;
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify({ key: secret, ...facts }) : secret}\n`);
    return 0;
  },
};

export const keysRevokeCommand: Command = {
  name: "keys revoke",
  summary: "make a key open nothing any more",
  positionals: ["NAME"],
  options: { store: STORE_OPTION },
  details: ["It stays in the list, so that who sends it is told that it was revoked.", WHERE],
  async run(context, args) {
    const folder = folderOf(context, args);
    const name = args.positionals[0] ?? "";
    const keys = readKeys(folder);
    const found = keys.find((one) => one.name === name);
    if (!found) throw new AppError("not_found", `There is no key "${name}" in ${displayPath(folder)}. ${known(keys)}`);
    const revoked = { ...found, revoked_at: found.revoked_at ?? toIso(Date.now()) };
    writeKeys(
      folder,
      keys.map((one) => (one === found ? revoked : one)),
    );
    context.stdout.write(`The key "${name}" is revoked. ${whenItCounts(folder)}\n`);
    return 0;
  },
};

function newKey(args: CommandArguments, secret: string): ApiKey {
  const scopes = listOption(args, "scope");
  const odd = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  const problem = odd !== undefined ? `"${odd}" is none` : scopes.length === 0 ? "say what the key may do" : null;
  if (problem !== null) throw usageError(`--scope: ${problem}. Use ${SCOPES.join(", ")}.`, CREATE);
  const expires_at = readTime(args, "expires", CREATE);
  if (expires_at !== null && (parseInstant(expires_at) ?? 0) <= Date.now()) throw usageError("--expires: that is over.", CREATE);
  const facts = { created_at: toIso(Date.now()), expires_at, revoked_at: null };
  const key = { name: args.positionals[0] ?? "", sha256: sha256Hex(secret), scopes: [...new Set(scopes)] as Scope[], ...facts };
  const checked = apiKeySchema.safeParse(key);
  if (checked.success) return checked.data;
  throw usageError(`NAME: ${checked.error.issues[0]?.message ?? "it cannot be one"}.`, CREATE);
}

/** The named store, else that of fx start. */
function folderOf(context: CommandContext, args: CommandArguments): string {
  const folder = folderToStart(context, readSettings(context.env), textOption(args, "store"));
  if (marketOfStore(folder) !== null) return folder;
  throw new AppError("not_found", `There is no store at ${displayPath(folder)}. One is made by fx start; name another with --store.`);
}

function whenItCounts(folder: string): string {
  return liveRun(folder) ? "The stack that runs takes that when it is started anew." : "It counts from the next start.";
}

function known(keys: readonly ApiKey[]): string {
  return keys.length === 0 ? "It has none." : `It has ${keys.map(({ name }) => name).join(", ")}.`;
}
