import { type Fold, type TrainingSpec, trainingSpecSchema } from "../../shared/contracts/training.ts";
import { AppError } from "../../shared/errors.ts";

/** Parses a submitted spec and refuses, with the field named, what no dataset could make right. */
export function parseSpec(body: unknown): TrainingSpec {
  const parsed = trainingSpecSchema.safeParse(body);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => ({ field: fieldName(issue.path), message: issue.message }));
    const first = issues[0] ?? { field: "body", message: "invalid" };
    throw invalidSpec(first.field, first.message, { issues });
  }
  const spec = parsed.data;
  checkFeatureNames(spec);
  checkSeeds(spec.seeds);
  spec.folds.forEach(checkFold);
  checkTestsApart(spec.folds);
  return spec;
}

export function invalidSpec(field: string, message: string, details: Readonly<Record<string, unknown>> = {}): AppError {
  return new AppError("invalid_request", `${field}: ${message}`, { status: 422, details: { field, ...details } });
}

function fieldName(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text === "" ? "body" : text.replace(/^\./, "");
}

/** XGBoost itself refuses or garbles names with brackets, `<` or white space, some of them only when the model is read again. */
const BAD_NAME = /[[\]<\s]/;

function checkFeatureNames({ feature_names, label }: TrainingSpec): void {
  const seen = new Set<string>();
  feature_names.forEach((name, index) => {
    const field = `feature_names[${index}]`;
    if (BAD_NAME.test(name)) throw invalidSpec(field, `"${name}" holds white space, "[", "]" or "<", which XGBoost does not allow`);
    if (seen.has(name)) throw invalidSpec(field, `"${name}" is there twice`);
    if (name === label) throw invalidSpec(field, `"${name}" is the label: a model must not see its own answer`);
    seen.add(name);
  });
}

function checkSeeds(seeds: readonly number[]): void {
  const repeated = seeds.findIndex((seed, index) => seeds.indexOf(seed) !== index);
  if (repeated !== -1) throw invalidSpec(`seeds[${repeated}]`, `${seeds[repeated]} is there twice, which would train the same model again`);
}

/** Walk-forward only: a fold that trains on rows at or after its test rows would be judged with knowledge of the future. */
function checkFold({ train, test }: Fold, index: number): void {
  for (const [part, range] of [["train", train] as const, ["test", test] as const]) {
    if (range.start >= range.end) throw invalidSpec(`folds[${index}].${part}`, `rows ${range.start} to ${range.end} are an empty range`);
  }
  if (train.end > test.start) {
    throw invalidSpec(`folds[${index}].train.end`, `training rows end at ${train.end}, after the test rows start at ${test.start}`);
  }
}

/** A row has one out-of-fold prediction a seed, so no row may be tested twice. */
function checkTestsApart(folds: readonly Fold[]): void {
  const order = folds.map((fold, index) => ({ index, ...fold.test })).sort((a, b) => a.start - b.start);
  for (const [position, range] of order.entries()) {
    const before = order[position - 1];
    if (before !== undefined && before.end > range.start) {
      throw invalidSpec(`folds[${range.index}].test`, `shares rows with folds[${before.index}].test`);
    }
  }
}
