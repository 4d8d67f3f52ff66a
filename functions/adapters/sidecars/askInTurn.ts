import { type ErrorCode, toAppError } from "../../../shared/errors.ts";
import { noneOfThem, type SidecarProblem } from "./noneOfThem.ts";
import type { SidecarFailures } from "./sidecarFailures.ts";

/** What another sidecar may do better: all else would be the same answer everywhere. */
const OF_ITS_OWN: ReadonlySet<ErrorCode> = new Set([
  "sidecar_unavailable",
  "sidecar_version",
  "queue_full",
  "library_missing",
  "forbidden",
]);

/**
 * Asks one after the other until one answers. A single one's error is thrown as it is; of several, the last word is an error that names each.
 * @param what what was asked for, as in "None of the 3 sidecars ..."
 */
export async function askInTurn<Named extends { readonly name: string }, Answer>(
  what: string,
  sidecars: readonly Named[],
  failures: SidecarFailures,
  ask: (sidecar: Named) => Promise<Answer>,
): Promise<Answer> {
  const problems: SidecarProblem[] = [];
  for (const sidecar of sidecars) {
    try {
      const answer = await ask(sidecar);
      failures.answered(sidecar.name);
      return answer;
    } catch (caught) {
      const error = toAppError(caught);
      if (!OF_ITS_OWN.has(error.code) || sidecars.length === 1) throw error;
      if (error.code === "sidecar_unavailable") failures.failed(sidecar.name);
      problems.push({ name: sidecar.name, error });
    }
  }
  throw noneOfThem(what, problems);
}
