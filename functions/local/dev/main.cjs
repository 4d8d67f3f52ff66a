/**
 * wrangler dev without its inspector, as a process of its own: what the command line of wrangler does, but for that. The runtime's own
 * inspector asks nobody who they are, so that any page that finds its port could run code inside the Worker, and `wrangler dev` has no
 * option that leaves it out.
 *
 * Plain CommonJS, for the reasons of exitWithParent.cjs. It ends, and workerd with it, on SIGTERM.
 */
"use strict";
const { createRequire } = require("node:module");
const { unstable_startWorker } = require("wrangler");
/** wrangler's own, whose service it leaves running for the next change of a file. */
const esbuild = createRequire(require.resolve("wrangler"))("esbuild");

/** Of devHost.ts, as JSON. */
const { config, env_file, host, port, persist_to } = JSON.parse(process.env["FX_DEV_HOST"] ?? "null");
// workerd inherits what is left.
delete process.env["FX_DEV_HOST"];

async function main() {
  const worker = await unstable_startWorker({
    config,
    envFiles: [env_file],
    dev: {
      remote: false,
      server: { hostname: host, port },
      inspector: false,
      persist: persist_to,
      registry: process.env["WRANGLER_REGISTRY_PATH"],
      logLevel: "warn",
      // A change of the sources, by a pull for example, would end what is under way and take the Worker away for seconds.
      watch: false,
    },
  });
  process.once("SIGTERM", () => void worker.dispose().finally(() => process.exit(0)));
  await worker.ready;
  console.log(`The Worker listens at http://${host}:${port}.`);
  // It listens before it is bundled. Once it answers the compiler has nothing more to do, as nothing is watched, and holds 100 to 350 MB.
  await (await worker.fetch(`http://${host}:${port}/livez`)).arrayBuffer();
  await esbuild.stop();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
