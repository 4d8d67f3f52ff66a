import { parseArgs } from "node:util";
import { toAppError } from "../../shared/errors.ts";
import { ensureLibrary } from "./fetchLibrary.ts";
import { VENDOR_VARIANTS } from "./libraryCandidates.ts";
import type { LibraryVariant } from "./wheelCatalog.ts";

/**
 * `node gpu-sidecar/xgboost/setup.ts [--variant cpu|cuda|cu12]`: makes libxgboost available, exit code 1 when it cannot.
 * With --postinstall it never fails an installation: it prints what to do and exits 0.
 */
const POSTINSTALL_TIMEOUT_MS = 90_000;

async function setup(): Promise<number> {
  const { values } = parseArgs({ options: { postinstall: { type: "boolean" }, variant: { type: "string", default: "cpu" } } });
  const postinstall = values.postinstall === true;
  try {
    const library = await ensureLibrary({
      variant: requireVariant(values.variant),
      log: (line) => console.log(`xgboost: ${line}`),
      ...(postinstall ? { timeoutMs: POSTINSTALL_TIMEOUT_MS } : {}),
    });
    console.log(`xgboost: ${library.version} (${library.cuda ? "with CUDA" : "CPU"}) at ${library.path}`);
    return 0;
  } catch (error) {
    console.error(`xgboost: ${toAppError(error).message}`);
    return postinstall ? 0 : 1;
  }
}

function requireVariant(text: string): LibraryVariant {
  const variant = VENDOR_VARIANTS.find((name) => name === text);
  if (variant === undefined) throw new Error(`--variant must be one of ${VENDOR_VARIANTS.join(", ")}, was "${text}"`);
  return variant;
}

process.exitCode = await setup();
