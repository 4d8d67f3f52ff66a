import { join } from "node:path";
import { parseArgs } from "node:util";
import { Checker } from "./checker.ts";
import { checkFiles } from "./checkFiles.ts";
import { findCompose } from "./composeConfig.ts";
import { hasTool } from "./hasTool.ts";
import { buildImage } from "./images.ts";
import { inOwnNetwork } from "./ownNetwork.ts";

/**
 * Checks what docs/images.md says, on a machine without a container engine: compose.yaml, what it provisions and the manifests by the programs that
 * read them; then both images, built by buildah and run as compose.yaml has them. What is not there for it is skipped, and it says so.
 *
 * npm run test:images -- [--files] [--base IMAGE] [--history DAYS] [--instruments A,B] [-- OPTIONS OF BUILDAH]
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Only the files. */
    files: { type: "boolean", default: false },
    base: { type: "string", default: "docker.io/library/debian:bookworm-slim" },
    history: { type: "string", default: "126" },
    instruments: { type: "string", default: "USD_SGD,EUR_USD" },
  },
});
const STACK = join(import.meta.dirname, "runStack.ts");
/** To run a container as an engine does, without one. */
const NEEDED = ["buildah", "unshare", "nsenter", "setpriv", "ip"];

/** What docs/images.md promises. */
const BELOW_MB = 350;

const checker = new Checker();
const compose = findCompose();
await checkFiles(checker, compose);

const missing = NEEDED.filter((tool) => !hasTool(tool));
let stack_code = 0;
if (values.files) checker.skip("the images", "only the files were asked for");
else if (compose === null) checker.skip("the images", "nothing here reads compose.yaml, by which they are run");
else if (missing.length > 0 || process.getuid?.() !== 0)
  checker.skip("the images", `they take root and ${NEEDED.join(", ")} (Debian: buildah, iproute2)`);
else {
  const [sidecar, platform] = (["sidecar", "platform"] as const).map((target) => buildImage(target, values.base, positionals));
  try {
    for (const { target, size_mb, parts_mb, build_s } of [sidecar!, platform!]) {
      const parts = Object.entries(parts_mb).map(([what, mb]) => `${what} ${mb}`);
      console.log(`  ${target}: ${size_mb} MB (${parts.join(", ")}), built in ${build_s.toFixed(0)} s`);
      await checker.check(`the ${target} is smaller than ${BELOW_MB} MB`, () => {
        if (size_mb > BELOW_MB) throw new Error(`${size_mb} MB`);
      });
    }
    const project = compose(
      {
        ADMIN_TOKEN: "admin-of-this-check",
        SIDECAR_TOKEN: "sidecar-of-this-check",
        INSTRUMENTS: values.instruments,
        FX_HISTORY: values.history,
      },
      ["monitoring"],
    );
    stack_code = await inOwnNetwork(STACK, { images: { sidecar, platform }, project });
  } finally {
    sidecar?.release();
    platform?.release();
  }
}
console.log(`\n${checker.summary()}`);
process.exitCode = checker.failed > 0 || stack_code !== 0 ? 1 : 0;
