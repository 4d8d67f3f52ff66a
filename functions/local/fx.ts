/**
 * Entry of the fx command. Nothing that needs a newer Node is imported before its version is known to be enough: wrangler
 * 4.155 asks for 22.12.
 */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `fx needs Node 22.12 or newer, and this is ${process.versions.node}. On linux x64, npm ci brings Node 24; start with npm start.\n`,
  );
  process.exit(1);
}

const { enableCompileCache } = await import("node:module");
const { COMPILE_CACHE } = await import("./nodeCommand.ts");
enableCompileCache(process.env["NODE_COMPILE_CACHE"] ?? COMPILE_CACHE);
const { runFx } = await import("./runFx.ts");
// Channels to stopped parts may linger; what is written to stdout is out by now.
process.exit(await runFx(process.argv.slice(2)));

export {};
