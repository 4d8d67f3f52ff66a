import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../../shared/errors.ts";
import { OPTIONS_FILE } from "./hostConfig.ts";

const PAGES_FOLDER = "pages";
/** Another stack of the checkout may put a build of the web application into place meanwhile, which is over at once. */
const TRIES = 5;

const optionsSchema = z.looseObject({ assets: z.looseObject({ directory: z.string() }).optional() });

/**
 * Gives a build of the Worker files of pages of its own, which it serves from then on: the runtime reads at its start what files there are,
 * and their contents when it is asked, so that a later build in the checkout would leave it with a page that names files it does not know.
 * `build`: the folder of buildWorker.ts. Throws where the folder changes as often as it is copied.
 */
export function keepPages(build: string): void {
  const options_file = join(build, OPTIONS_FILE);
  const options = optionsSchema.parse(JSON.parse(readFileSync(options_file, "utf8")));
  if (options.assets === undefined) return;
  copyWhole(options.assets.directory, join(build, PAGES_FOLDER));
  // Within the build, which may be carried elsewhere.
  writeFileSync(options_file, JSON.stringify({ ...options, assets: { ...options.assets, directory: PAGES_FOLDER } }));
}

/** The files of a build have its contents in their names: the same names before and after are one build. */
function copyWhole(from: string, to: string): void {
  for (let tried = 0; tried < TRIES; tried++) {
    rmSync(to, { recursive: true, force: true });
    try {
      cpSync(from, to, { recursive: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      continue;
    }
    if (namesIn(from) === namesIn(to)) return;
  }
  throw new AppError("internal", `The pages in ${from} change while they are copied. Start again when no build runs in this checkout.`);
}

function namesIn(folder: string): string {
  return JSON.stringify(readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted());
}
