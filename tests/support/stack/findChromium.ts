import { existsSync } from "node:fs";

const PATHS = [process.env["FX_TEST_CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A browser for playwright-core, which brings none; undefined where there is none, which whoever asks says aloud. */
export function findChromium(): string | undefined {
  return PATHS.find((path) => path !== undefined && existsSync(path));
}
