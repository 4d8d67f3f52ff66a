import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { BUILD_VARIABLE } from "../stack/settings.ts";
import { BUNDLE_FILE, OPTIONS_FILE, SERVING_BUNDLE_FILE } from "./hostConfig.ts";

/** Fails where a folder that was named holds no build of the Worker, naming what is missing of it. */
export function requireBuild(folder: string): void {
  const missing = [BUNDLE_FILE, SERVING_BUNDLE_FILE, OPTIONS_FILE].find((file) => !existsSync(join(folder, file)));
  if (missing === undefined) return;
  throw new AppError(
    "invalid_request",
    `${BUILD_VARIABLE} is "${folder}", where there is no build of the Worker (${missing} is missing). Make one: npm run fx -- build ${folder}`,
    { details: { field: BUILD_VARIABLE } },
  );
}
