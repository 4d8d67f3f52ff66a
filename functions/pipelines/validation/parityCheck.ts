import { defineStep } from "../../../shared/dag/defineStep.ts";
import { toAppError } from "../../../shared/errors.ts";
import type { Evaluation } from "../../../shared/models/evaluation.ts";
import { sourceKeys } from "../../../shared/models/modelCard.ts";
import { type OnnxParity, onnxParity } from "../../../shared/models/onnxParity.ts";
import { parityCheck as judgeParity } from "../../../shared/validation/parityCheck.ts";
import { answersOf, inputsOf, readVersionModel } from "../common/versionModel.ts";
import type { Ports } from "../ports.ts";
import { withDataset } from "../training/readDataset.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { checkReportSchema, endChecks, type Staged } from "./checkReport.ts";
import { loadStaging } from "./loadStaging.ts";

/** Enough to meet every leaf that matters: of two years about one in ten. */
const ONNX_ROWS = 1_000;

/** Whether each form of the model says the same: trees here as the library that trained them, the ONNX file as what is served. */
export const parityCheck = defineStep({
  name: "parity_check",
  reads: { loadStaging },
  report: checkReportSchema,
  run: async (ports: Ports, context) => {
    const staged = context.reads.loadStaging;
    const evaluation = await readEvaluation(ports, staged.run_id);
    const onnx = await compareOnnx(ports, staged, evaluation);
    return endChecks(ports, context, staged, [judgeParity(evaluation.parity, onnx)]);
  },
});

/** On rows of the evaluation, evenly taken; or what onnxruntime has against the file. */
async function compareOnnx(ports: Ports, staged: Staged, { dataset, out_of_fold }: Evaluation): Promise<OnnxParity | string> {
  const file = await ports.lake.get(sourceKeys(staged.source).onnx);
  if (!file) return "it is not in the lake: train again";
  const model = await readVersionModel(ports, staged);
  const { feature_names } = model.card;
  const rows = evenly(out_of_fold.rows, ONNX_ROWS);
  const names = new Set(feature_names);
  const asked = await withDataset(
    ports,
    dataset,
    async ({ set }) => ({
      event_times: rows.map((row) => set.event_time[row]!),
      served: await answersOf(model, set, rows),
      matrix: inputsOf(model, set, rows),
    }),
    (name) => names.has(name),
  );
  try {
    return onnxParity(asked.event_times, asked.served, await ports.onnx_peer.probabilities(file, asked.matrix, feature_names.length));
  } catch (error) {
    const { code, message } = toAppError(error);
    if (code === "invalid_request" || code === "invalid_model") return message;
    throw error;
  }
}

/** At most so many, the last among them. */
function evenly(rows: readonly number[], most: number): readonly number[] {
  const step = Math.max(1, rows.length / most);
  return Array.from(
    { length: Math.min(rows.length, most) },
    (_value, index) => rows[rows.length - 1 - Math.floor(index * step)]!,
  ).reverse();
}
