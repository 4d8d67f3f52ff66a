import { existsSync, readdirSync } from "node:fs";
import type { LocatorInput } from "./locateLibrary.ts";
import { probeLibrary } from "./probeLibrary.ts";
import { vendorFolder } from "./vendorFolder.ts";

/** The locator's view of this machine. */
export function locatorInput(env: NodeJS.ProcessEnv, vendorDir: string = vendorFolder(env)): LocatorInput {
  return {
    env,
    platform: process.platform,
    arch: process.arch,
    vendorDir,
    fileExists: existsSync,
    listFolder: (path) => (existsSync(path) ? readdirSync(path) : []),
    probe: probeLibrary,
  };
}
