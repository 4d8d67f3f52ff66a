import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CommandContext } from "../../../functions/local/commands/command.ts";
import { keysCreateCommand, keysListCommand, keysRevokeCommand } from "../../../functions/local/commands/keys.ts";
import { keysOfStack, readKeys } from "../../../functions/local/stack/keyFile.ts";
import { createStackTokens } from "../../../functions/local/stack/stackTokens.ts";
import { renderKeys } from "../../../functions/local/text/showKeys.ts";
import { createKeyring } from "../../../shared/contracts/keys/keyring.ts";

let folder: string;
let written: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-keys-"));
  writeFileSync(join(folder, "store.json"), '{"market": "sandbox"}');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(
  command: typeof keysListCommand,
  positionals: readonly string[],
  values: Record<string, string | boolean | string[]> = {},
) {
  written = [];
  const context = { root: "/", cwd: "/", env: {}, stdout: { write: (text: string) => written.push(text) }, screen: { say: () => {} } };
  expect(await command.run(context as unknown as CommandContext, { values: { store: folder, ...values }, positionals })).toBe(0);
  return written.join("").trim();
}

describe("fx keys", () => {
  it("makes a key, shows it once, and keeps its hash alone, for the owner alone", async () => {
    const secret = await run(keysCreateCommand, ["desk"], { scope: ["predict", "read"], expires: "2100-01-01T00:00:00Z" });
    expect(secret).toMatch(/^fx_[\w-]{43}$/);
    const keys = readKeys(folder);
    expect(keys).toMatchObject([{ name: "desk", scopes: ["predict", "read"], expires_at: "2100-01-01T00:00:00Z", revoked_at: null }]);
    expect(createKeyring(null, keys, () => 0).find(secret)).toMatchObject({ kind: "valid", holder: { name: "desk" } });
    const list = await run(keysListCommand, [], { json: true });
    expect(JSON.parse(list)).toEqual(keys);
    expect(`${list}${await run(keysListCommand, [])}`).not.toContain(secret.slice(3));
    expect(statSync(join(folder, "keys.json")).mode & 0o777).toBe(0o600);
  });

  it("revokes one, which stays in the list", async () => {
    const secret = await run(keysCreateCommand, ["desk"], { scope: ["admin"] });
    const other = JSON.parse(await run(keysCreateCommand, ["other"], { scope: ["read"], json: true }));
    expect(other).toMatchObject({ key: expect.stringMatching(/^fx_/), name: "other", scopes: ["read"] });
    await run(keysRevokeCommand, ["desk"]);
    const [first] = readKeys(folder);
    await run(keysRevokeCommand, ["desk"]);
    expect(readKeys(folder)).toMatchObject([first!, { name: "other", revoked_at: null }]);
    expect(createKeyring(null, readKeys(folder), () => 0).find(secret).kind).toBe("revoked");
    expect(renderKeys(readKeys(folder), 0)).toContain("revoked 20");
  });

  it.each([
    [["desk"], {}, /--scope: say what the key may do/],
    [["desk"], { scope: ["root"] }, /--scope: "root" is none/],
    [["Desk Key"], { scope: ["read"] }, /NAME: use lower case/],
    [["desk"], { scope: ["read"], expires: "2001-01-01T00:00:00Z" }, /--expires: that is over/],
    [["desk"], { scope: ["read"], expires: "soon" }, /--expires/],
  ])("refuses %j %j", async (positionals, values, words) => {
    await expect(run(keysCreateCommand, positionals, values)).rejects.toThrow(words);
    expect(readKeys(folder)).toEqual([]);
  });

  it("refuses a name that is taken, one that is not there, and a store that is none", async () => {
    await run(keysCreateCommand, ["desk"], { scope: ["read"] });
    await expect(run(keysCreateCommand, ["desk"], { scope: ["read"] })).rejects.toThrow(/a key "desk" already/);
    await expect(run(keysRevokeCommand, ["other"])).rejects.toThrow(/no key "other".*It has desk/);
    await expect(run(keysListCommand, [], { store: "/nowhere/at/all" })).rejects.toThrow(/no store/);
  });

  it("says which have expired", () => {
    const key = { name: "a", sha256: "0".repeat(64), scopes: ["read" as const], created_at: "2025-01-01T00:00:00Z", revoked_at: null };
    const text = renderKeys([{ ...key, expires_at: "2025-06-01T00:00:00Z" }], Date.UTC(2025, 5, 1));
    expect(text).toContain("expired 2025-06-01T00:00:00Z");
    expect(renderKeys([], 0)).toContain("There are no keys");
  });
});

describe("a stack", () => {
  it("takes API_KEYS before those of its store, and has a token of its own where there are keys", async () => {
    expect(keysOfStack({}, folder)).toEqual([]);
    await run(keysCreateCommand, ["desk"], { scope: ["read"] });
    expect(keysOfStack({ API_KEYS: " " }, folder).map(({ name }) => name)).toEqual(["desk"]);
    const other = [{ ...readKeys(folder)[0], name: "other" }];
    expect(keysOfStack({ API_KEYS: JSON.stringify(other) }, folder)).toEqual(other);
    expect(createStackTokens({}, false).admin).toBeNull();
    expect(createStackTokens({}, true).admin).toMatch(/^[0-9a-f-]{36}$/);
    expect(createStackTokens({ ADMIN_TOKEN: "mine" }, true).admin).toBe("mine");
  });
});
