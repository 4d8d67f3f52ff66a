/**
 * Loaded with --require into the Node processes of the stack: the process ends when the one that started it is gone, seen
 * by the end of the channel between them. SIGTERM first, so that handlers can close what is open.
 *
 * Plain CommonJS: as TypeScript it would bring the stripper into wrangler (24 MB), and as a module it would send wrangler's
 * 15 MB of code through the module loader (60 MB).
 */
"use strict";
const { flushCompileCache } = require("node:module");

const GRACE_MS = 2_000;
/** By then everything is imported that a start needs. A process that is killed would leave no compile cache behind. */
const STARTED_MS = 5_000;

process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), GRACE_MS).unref();
});
setTimeout(flushCompileCache, STARTED_MS).unref();
// The listener above holds the process open otherwise, also when its work is done.
process.channel?.unref();
