import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

/**
 * `npm run build:client`: the client as a package of its own in dist/client, for programs that do not live here (`npm install
 * …/dist/client`): one module for Node and browsers, and the types, which are zod's of the contracts.
 */
const here = import.meta.dirname;
const out = join(here, "../dist/client");
const { version, dependencies } = JSON.parse(readFileSync(join(here, "../package.json"), "utf8"));
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

rmSync(out, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, "-p", here], { stdio: "inherit" });
await build({
  entryPoints: [join(here, "index.ts")],
  outfile: join(out, "index.js"),
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
});
const about = {
  name: "fx-medallion-client",
  version,
  private: true,
  type: "module",
  exports: { ".": { types: "./client/index.d.ts", default: "./index.js" } },
  dependencies: { zod: dependencies.zod },
};
writeFileSync(join(out, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
console.log(`dist/client is ${about.name} ${version}.`);
