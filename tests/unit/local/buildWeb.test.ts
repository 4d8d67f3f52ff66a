import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildWeb } from "../../../functions/local/assets/buildWeb.ts";
import { bundleWeb } from "../../../functions/local/assets/bundleWeb.ts";
import { identifyProcess } from "../../../functions/local/processes/processIdentity.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));
const never = new AbortController().signal;
const env = process.env as Record<string, string>;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fx-web-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const build = () => buildWeb(root, env, never);
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};

/** A checkout of two files, with the packages of this one. */
function smallCheckout(): void {
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(PROJECT, "node_modules/vite"), join(root, "node_modules/vite"));
  cpSync(join(PROJECT, "dashboards/web/vite.config.ts"), join(root, "dashboards/web/vite.config.ts"), { recursive: true });
  write("package-lock.json", "{}");
  write("dashboards/web/index.html", '<!doctype html><script type="module" src="/src/main.ts"></script>');
  write("dashboards/web/src/main.ts", 'import { word } from "../../../shared/word.ts"; document.title = word;');
  write("shared/word.ts", 'export const word = "first";');
}

const scripts = () => readdirSync(join(root, "assets/ui/assets")).map((name) => readFileSync(join(root, "assets/ui/assets", name), "utf8"));

const leftovers = () => readdirSync(join(root, "dashboards/web/dist"));

describe("the build of the web application", () => {
  it("is made where there is none, and again when a file that it is of has changed, of shared as well", async () => {
    smallCheckout();
    expect(await build()).toBeGreaterThan(0);
    expect(scripts().join("")).toContain("first");
    expect(await build()).toBeNull();
    write("shared/word.ts", 'export const word = "second";');
    expect(await build()).toBeGreaterThan(0);
    expect(scripts().join("")).toContain("second");
    write("shared/other.ts", "export const no_business_of_it = 1;");
    expect(await build()).toBeNull();
    rmSync(join(root, "assets/ui"), { recursive: true });
    expect(await build()).toBeGreaterThan(0);
  });

  it("that fails says why and leaves the former in its place, with nothing beside it", async () => {
    smallCheckout();
    await build();
    write("shared/word.ts", "export const word = ;");
    await expect(build()).rejects.toThrow(/could not be built[\s\S]*word\.ts/);
    expect(scripts().join("")).toContain("first");
    expect(leftovers()).toEqual([]);
    write("shared/word.ts", 'export const word = "first";');
    expect(await build()).toBeNull();
  });

  it("is made by several at once, and stays as one that is whole", async () => {
    smallCheckout();
    for (const word of ["first", "second"]) {
      write("shared/word.ts", `export const word = "${word}";`);
      for (const took_ms of await Promise.all([build(), build(), build()])) expect(took_ms).toBeGreaterThan(0);
      expect(scripts().join("")).toContain(word);
      expect(leftovers()).toEqual([]);
      expect(await build()).toBeNull();
    }
  });

  it.each(["", "{", "[]", "{}", '{"shared/word.ts": 1}'])("is made anew where its record is %j", async (record) => {
    smallCheckout();
    write("assets/ui/index.html", "");
    write("assets/ui/sources.json", record);
    expect(await build()).toBeGreaterThan(0);
    expect(scripts().join("")).toContain("first");
  });

  it("takes away what killed ones left, and nothing of one that goes on", async () => {
    smallCheckout();
    const { pid, started } = identifyProcess(process.pid)!;
    for (const name of [`${pid}-${started}-going`, `${pid}-${started + 1}-left`, "999999999-1-left"])
      write(`dashboards/web/dist/${name}/made/index.html`, "");
    await build();
    expect(leftovers()).toEqual([`${pid}-${started}-going`]);
  });

  it("that is stopped says so and leaves nothing", async () => {
    smallCheckout();
    await expect(buildWeb(root, env, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
    expect(leftovers()).toEqual([]);
    expect(existsSync(join(root, "assets/ui"))).toBe(false);
  });

  it("of this project has a first page of less than 350 kB, packed, and none of what checks contracts", async () => {
    const folder = join(root, "ui");
    await bundleWeb(PROJECT.replace(/\/$/, ""), folder, env, never);
    const read = (name: string) => readFileSync(join(folder, "assets", name), "utf8");
    const files = readdirSync(join(folder, "assets"));
    expect(files.filter((name) => name.endsWith(".js") && /ZodError|zod/i.test(read(name)))).toEqual([]);
    const html = readFileSync(join(folder, "index.html"), "utf8");
    expect(html).not.toMatch(/<script>|<style|style=|\bon\w+=|https?:/);
    const linked = [...html.matchAll(/\/ui\/assets\/([\w.-]+)/g)].map(([, name]) => name!);
    const first = withImports([...linked, files.find((name) => name.startsWith("NowPage"))!], read);
    const bytes = [...first].reduce((sum, name) => sum + gzipSync(read(name)).length, gzipSync(html).length);
    expect(bytes).toBeLessThan(350_000);
    expect(existsSync(join(folder, "assets", linked[0]!))).toBe(true);
  });
});

/** With what they import as they are loaded, not what they may load later. */
function withImports(names: readonly string[], read: (name: string) => string, seen = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    const imported = name.endsWith(".js") ? [...read(name).matchAll(/(?:from|import)\s*"\.\/([\w.-]+)"/g)].map(([, file]) => file!) : [];
    withImports(imported, read, seen);
  }
  return seen;
}
