import { wheelCatalog } from "../../../gpu-sidecar/xgboost/wheelCatalog.ts";
import { digits } from "../figures.ts";
import { pairedRow } from "../pairedTimes.ts";
import { benchPythonTraining, trainingPython } from "../pythonTraining.ts";
import type { Measured, Section } from "../section.ts";
import { benchTraining, type TrainingBench } from "../sidecarTraining.ts";

const PAIRS = 3;

export const training: Section = {
  name: "training",
  work: "training 5 seeds x 5 folds, 8,760 x 60",
  note: "through the HTTP API of a real sidecar",
  peer: "23.5 s on one core, 13.7 s on two",
  budget: "<= 25 s on one core, <= 14 s on two",
  run: async () => [rowOf(await benchTraining(1)), ...(await besidePython(trainingPython()))],
};

function rowOf({ workers, seconds, health_max_ms, sidecar_idle_mb, children_peak_mb }: TrainingBench): Measured {
  const peak = children_peak_mb === null ? "" : `, training processes ${digits(children_peak_mb)} MB at most`;
  return {
    label: `${workers} worker${workers > 1 ? "s" : ""}`,
    text: `${digits(seconds)} s${peak}; GET /health meanwhile ${digits(health_max_ms)} ms at most`,
    values: { seconds, health_max_ms, sidecar_idle_mb, children_peak_mb: children_peak_mb ?? Number.NaN },
    peer: workers === 1 ? "23.5 s" : "13.7 s",
    budget: workers === 1 ? "<= 25 s" : "<= 14 s",
  };
}

/** Two workers, beside two processes of Python where there is one, in turn: the folds' models and those of all rows, on either side. */
async function besidePython(python: string | null): Promise<readonly Measured[]> {
  const ours = [await benchTraining(2)];
  const two = () => [rowOf(ours[0]!), memoryRow(ours)];
  if (python === null) return [...two(), { label: "beside Python's XGBoost", text: "SKIPPED: it cannot be installed here", values: {} }];
  const theirs = [await benchPythonTraining(python, 2)];
  while (theirs.length < PAIRS) {
    theirs.push(await benchPythonTraining(python, 2));
    ours.push(await benchTraining(2));
  }
  const { version, models } = theirs[0]!;
  const own = wheelCatalog.version;
  const other = version === own ? "" : ` (here ${own}: another library, so no measure of what is around it)`;
  const label = `2 workers beside 2 processes of Python's XGBoost ${version}${other}, ${models} models`;
  const milliseconds = (seconds: readonly (number | null)[]) => seconds.map((one) => (one ?? Number.NaN) * 1_000);
  const pair = (what: "seconds" | "cpu_seconds") => ({
    ours: milliseconds(ours.map((one) => one[what])),
    theirs: milliseconds(theirs.map((one) => one[what])),
  });
  return [
    ...two(),
    { ...pairedRow(label, pair("seconds"), "<= 1.05 x"), peer: "1 x" },
    {
      ...pairedRow("the same in CPU, ours with the start of its processes and the reading of rows", pair("cpu_seconds"), "<= 1.05 x"),
      peer: "1 x",
    },
  ];
}

/** Resident memory; what processes share is counted once for each. */
function memoryRow(runs: readonly TrainingBench[]): Measured {
  const peak_mb = Math.max(...runs.map(({ sidecar_idle_mb, children_peak_mb }) => sidecar_idle_mb + (children_peak_mb ?? Number.NaN)));
  return {
    label: "the sidecar and its processes at most",
    text: `${digits(peak_mb)} MB RSS`,
    values: { peak_mb },
    peer: "-",
    budget: "< 500 MB",
  };
}
