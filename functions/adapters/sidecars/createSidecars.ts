import type { TrainingJob } from "../../../shared/contracts/training.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import type { JobToPlace, Sidecar, Sidecars } from "../../../shared/ports/sidecars.ts";
import { canTrain, rankForTraining, type SidecarFacts } from "../../../shared/sidecars/rankSidecars.ts";
import { lookAtSidecars } from "./lookAtSidecars.ts";
import { noneOfThem, type SidecarProblem } from "./noneOfThem.ts";
import type { SidecarFailures } from "./sidecarFailures.ts";

/** States of a job that is not to be begun anywhere else; the further it is, the better it is followed. */
const KEPT: readonly TrainingJob["state"][] = ["queued", "running", "succeeded"];

/** One sidecar or several, of which it keeps nothing but who failed lately: where a job is, the ledger knows. */
export function createSidecars(all: readonly Sidecar[], failures: SidecarFailures): Sidecars {
  const byName = new Map(all.map((sidecar) => [sidecar.name, sidecar]));
  return {
    all,
    find: (name) => (name === undefined ? all[0]! : (byName.get(name) ?? null)),
    async forJob(job) {
      const [only, ...others] = all;
      if (only === undefined) throw new AppError("internal", "No sidecar is configured.");
      if (others.length === 0) {
        // What it cannot do it says itself; of another version it is not asked.
        await only.trainer.health();
        return only;
      }
      const { facts, problems } = await lookAtSidecars(all, failures, (found) => found.some((one) => canTrain(one, job.device)));
      const answering = facts.map(({ name }) => byName.get(name)!);
      return (await whoHas(job, answering)) ?? byName.get(bestFor(job, facts, problems).name)!;
    },
  };
}

/** After a kill of the Worker the ledger may not know of a job that is under way: it is found where it is, and not begun a second time. */
async function whoHas({ job_id }: JobToPlace, sidecars: readonly Sidecar[]): Promise<Sidecar | null> {
  const states = await Promise.all(sidecars.map(async (sidecar) => ({ sidecar, rank: KEPT.indexOf(await stateAt(sidecar, job_id)) })));
  const [best] = states.filter(({ rank }) => rank >= 0).sort((one, other) => other.rank - one.rank);
  return best?.sidecar ?? null;
}

/** `lost`, where it does not have it or cannot say: it is asked to find out, and whoever trains is chosen without it then. */
async function stateAt({ trainer }: Sidecar, job_id: string): Promise<TrainingJob["state"]> {
  try {
    return (await trainer.status(job_id)).state;
  } catch (caught) {
    const { code } = toAppError(caught);
    if (code !== "job_unknown") console.warn(`A sidecar was asked whether it has training job ${job_id}, and did not say: ${code}`);
    return "lost";
  }
}

function bestFor(job: JobToPlace, facts: readonly SidecarFacts[], problems: readonly SidecarProblem[]): SidecarFacts {
  const [best] = rankForTraining(facts, job);
  // While one is away that may be able to, it is waited for; where all are there and none is able, the first says why.
  if (best !== undefined && (canTrain(best, job.device) || problems.length === 0)) return best;
  throw noneOfThem("can train now", [...problems, ...facts.map(({ name, training }) => ({ name, error: unable(training, job.device) }))]);
}

function unable({ reason, library_path }: SidecarFacts["training"], device: JobToPlace["device"]): AppError {
  const why = reason ?? (device === "cuda" ? `${library_path ?? "its library"} is built without CUDA` : "no reason given");
  return new AppError("library_missing", `cannot train: ${why}`);
}
