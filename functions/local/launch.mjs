import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Starts the fx command on whatever Node is there: plain JavaScript, so that an old one can still read the sentence that
 * sends it away. Node 24 runs TypeScript as it is; Node 22 wants to be asked, which takes a second process.
 */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`fx needs Node 22.12 or newer, and this is ${process.versions.node}. On Linux x64, npm ci brings Node 24.\n`);
  process.exit(1);
}
if (major >= 24) {
  const { enableCompileCache } = await import("node:module");
  // As COMPILE_CACHE in nodeCommand.ts, but before the first TypeScript file is read: with it, the stripper is not loaded.
  enableCompileCache(
    process.env["NODE_COMPILE_CACHE"] ?? fileURLToPath(new URL("../../node_modules/.cache/fx-medallion/compile-cache", import.meta.url)),
  );
  await import("./fx.ts");
} else {
  const flags = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];
  const file = fileURLToPath(new URL("./fx.ts", import.meta.url));
  const child = spawn(process.execPath, [...flags, file, ...process.argv.slice(2)], { stdio: "inherit" });
  // Handed on: whoever stops this process, without a terminal that would tell both, means the stack. Its exit code is what counts.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    process.stderr.write(`fx cannot be started: ${error.message}\n`);
    process.exit(1);
  });
  child.once("exit", (code) => process.exit(code ?? 1));
}
