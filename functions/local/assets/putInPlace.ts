import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../../../shared/errors.ts";

/**
 * Puts a folder that was made into the place of a former one, or where there is none. Whoever reads in between finds no file, for as long as it
 * takes to give a folder another name. Of several that do so at once each comes to its turn, and the last one stays.
 *
 * `aside` is a path for the former one meanwhile, where there is nothing, on the file system of the others. A folder that cannot be put in place
 * leaves the former one there.
 */
export function putInPlace(made: string, place: string, aside: string): void {
  try {
    mkdirSync(dirname(place), { recursive: true });
    // Each time round somebody else has put theirs in place meanwhile, once and for all.
    while (!exchange(made, place, aside)) rmSync(aside, { recursive: true, force: true });
    rmSync(aside, { recursive: true, force: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError("internal", `What was made in ${made} could not be put into ${place}: ${reason}`, { cause: error });
  }
}

/** False: somebody was faster. */
function exchange(made: string, place: string, aside: string): boolean {
  const had_former = move(place, aside, "ENOENT");
  try {
    return move(made, place, "ENOTEMPTY", "EEXIST");
  } catch (error) {
    if (had_former) move(aside, place, "ENOTEMPTY", "EEXIST");
    throw error;
  }
}

/** False where it failed for one of these reasons. */
function move(from: string, to: string, ...reasons: readonly string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (reasons.includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
