import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import type { Sidecar } from "../../../shared/ports/sidecars.ts";
import type { SidecarFacts } from "../../../shared/sidecars/rankSidecars.ts";
import { inTime } from "../inTime.ts";
import type { SidecarProblem } from "./noneOfThem.ts";
import type { SidecarFailures } from "./sidecarFailures.ts";

/** What each says of itself, or why it says nothing. */
export interface SidecarLook {
  readonly facts: readonly SidecarFacts[];
  readonly problems: readonly SidecarProblem[];
}

const ANSWER_MS = 5 * SECOND;

/** Asks all of them at once how they are; those that failed lately only where the others are not enough. */
export async function lookAtSidecars(
  sidecars: readonly Sidecar[],
  failures: SidecarFailures,
  isEnough: (facts: readonly SidecarFacts[]) => boolean,
): Promise<SidecarLook> {
  const resting = sidecars.filter(({ name }) => failures.isResting(name));
  const look = await lookAt(
    sidecars.filter((sidecar) => !resting.includes(sidecar)),
    failures,
  );
  if (resting.length === 0 || isEnough(look.facts)) return look;
  const more = await lookAt(resting, failures);
  return { facts: [...look.facts, ...more.facts], problems: [...look.problems, ...more.problems] };
}

async function lookAt(sidecars: readonly Sidecar[], failures: SidecarFailures): Promise<SidecarLook> {
  const looks = await Promise.all(sidecars.map((sidecar) => lookAtOne(sidecar, failures)));
  return {
    facts: looks.flatMap((look) => ("error" in look ? [] : [look])),
    problems: looks.flatMap((look) => ("error" in look ? [look] : [])),
  };
}

async function lookAtOne({ name, trainer, sentiment }: Sidecar, failures: SidecarFailures): Promise<SidecarFacts | SidecarProblem> {
  try {
    const [{ training }, reading] = await inTime(Promise.all([trainer.health(), sentiment.health()]), ANSWER_MS);
    failures.answered(name);
    return { name, training, sentiment: reading };
  } catch (caught) {
    const error = caught instanceof AppError ? caught : unavailable(name, caught);
    if (error.code === "sidecar_unavailable") failures.failed(name);
    return { name, error };
  }
}

function unavailable(name: string, cause: unknown): AppError {
  return new AppError("sidecar_unavailable", `The sidecar at ${name} does not say how it is: ${toAppError(cause).message}`, {
    status: 503,
    retryable: true,
    cause,
  });
}
