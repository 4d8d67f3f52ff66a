import type { TrainingSpec } from "../../shared/contracts/training.ts";
import { counted } from "../../shared/domain/counted.ts";
import { AppError } from "../../shared/errors.ts";
import { invalidField } from "../parseBody.ts";
import type { DatasetShape } from "./datasetShape.ts";

/** 1 GiB of float32, the largest matrix that a child process is let to build. */
const MAX_VALUES = 2 ** 28;

/** What the dataset's own metadata can show before any work starts: rows, columns and their types. */
export function checkSpec(spec: TrainingSpec, shape: DatasetShape): void {
  spec.folds.forEach((fold, index) => {
    for (const [part, range] of [["train", fold.train] as const, ["test", fold.test] as const]) {
      if (range.end <= shape.rows) continue;
      throw invalidField(`folds[${index}].${part}.end`, `is row ${range.end}, but the dataset has ${counted(shape.rows, "row")}`);
    }
  });
  spec.feature_names.forEach((name, index) => {
    checkColumn(name, `feature_names[${index}]`, shape);
  });
  checkColumn(spec.label, "label", shape);
  checkLabelTimes(spec, shape);
  checkInnerRows(spec, shape.rows);
  const values = shape.rows * spec.feature_names.length;
  if (values > MAX_VALUES) {
    throw invalidField(
      "dataset",
      `${counted(shape.rows, "row")} x ${counted(spec.feature_names.length, "feature")} are ${counted(values, "value")}, at most ${MAX_VALUES} fit`,
    );
  }
}

function checkLabelTimes({ uniqueness }: TrainingSpec, { columns }: DatasetShape): void {
  if (uniqueness === undefined) return;
  for (const part of ["start", "end"] as const) {
    const name = uniqueness[part];
    if (columns.has(name)) continue;
    throw invalidField(`uniqueness.${part}`, `"${name}" is not a column of the dataset`);
  }
}

/** The folds' own inner rows lie within their training rows (requireSoundSpec); those of the kept model may be any. */
function checkInnerRows({ early_stopping }: TrainingSpec, rows: number): void {
  if (early_stopping === undefined || early_stopping.model.test.end <= rows) return;
  throw invalidField(
    "early_stopping.model.test.end",
    `is row ${early_stopping.model.test.end}, but the dataset has ${counted(rows, "row")}`,
  );
}

function checkColumn(name: string, field: string, shape: DatasetShape): void {
  const column = shape.columns.get(name);
  if (column?.numeric === true) return;
  const problem = column === undefined ? "is not a column of the dataset" : `is a column of type ${column.type}, not a number`;
  throw new AppError("schema_mismatch", `${field}: "${name}" ${problem}`, {
    status: 422,
    details: { field, column: name, columns: [...shape.columns.keys()].slice(0, 200) },
  });
}
