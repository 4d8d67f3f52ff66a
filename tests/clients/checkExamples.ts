import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { pageScript } from "../support/stack/pageScript.ts";
import { clientVenv } from "./clientVenv.ts";

const ROOT = join(import.meta.dirname, "../..");
const TSC = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
/** As a program elsewhere is compiled: strictly, and without a word of this repository's settings. */
const TSCONFIG = {
  compilerOptions: { strict: true, module: "nodenext", target: "es2024", lib: ["esnext", "dom"], noEmit: true, skipLibCheck: true },
  include: ["main.ts"],
};
const run = promisify(execFile);

/** The programs of docs/clients.md on a stack, TypeScript's with the client as a package of its own: how many fail. */
export async function checkExamples(url: string, key: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "fx-examples-"));
  const env = { ...process.env, FX_URL: url, FX_KEY: key };
  try {
    const ends = [await runTypescript(folder, url, env), await runPython(folder, url, env)];
    return ends.filter((end) => !end).length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runTypescript(folder: string, url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      ...TSCONFIG,
      compilerOptions: { ...TSCONFIG.compilerOptions, types: ["node"], typeRoots: [join(ROOT, "node_modules/@types")] },
    }),
  );
  writeFileSync(join(folder, "main.ts"), pageScript("TypeScript", url, { page: "clients", language: "ts" }));
  return said("TypeScript", async () => {
    await run("npm", ["run", "-s", "build:client"], { cwd: ROOT });
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(ROOT, "dist/client"), join(folder, "node_modules/fx-medallion-client"));
    await run(process.execPath, [TSC, "-p", folder]);
    return (await run(process.execPath, ["--experimental-strip-types", "main.ts"], { cwd: folder, env })).stdout;
  });
}

async function runPython(folder: string, url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const python = clientVenv("httpx");
  if (python === null) {
    console.warn("SKIPPED: the Python of docs/clients.md, since httpx cannot be installed here.");
    return true;
  }
  writeFileSync(join(folder, "script.py"), pageScript("Python", url, { page: "clients" }));
  return said("Python", async () => (await run(python, [join(folder, "script.py")], { env })).stdout);
}

async function said(name: string, work: () => Promise<string>): Promise<boolean> {
  try {
    const lines = (await work()).trim().split("\n");
    console.log(`  docs/clients.md, ${name}: ${lines.length} lines, the last: ${lines.at(-1)}`);
    return true;
  } catch (error) {
    const { message, stdout = "" } = error as Error & { stdout?: string };
    console.log(`  docs/clients.md, ${name}: ${message}\n${stdout}`);
    return false;
  }
}
