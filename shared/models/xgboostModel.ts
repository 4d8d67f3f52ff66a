import { z } from "zod";
import { AppError, toAppError } from "../errors.ts";
import { isCount, isFiniteNumber, isWhole, plainArray } from "./plainArray.ts";

/** The parts of XGBoost's JSON model (versions 2 and 3) that prediction needs. XGBoost writes counts as decimal text. */

const count = z.string().regex(/^\d+$/, "expected a decimal count");
const isFlag = (value: unknown): value is number | boolean => value === 0 || value === 1 || typeof value === "boolean";
const wholes = plainArray(isWhole, "a whole number");
const counts = plainArray(isCount, "a whole number of 0 or more");
const numbers = plainArray(isFiniteNumber, "a number");

const treeSchema = z.object({
  tree_param: z.object({ size_leaf_vector: count.default("1") }),
  left_children: plainArray(isWhole, "a whole number", 1),
  right_children: wholes,
  split_indices: counts,
  /** Threshold of a split; value of a leaf, learning rate included. */
  split_conditions: numbers,
  default_left: plainArray(isFlag, "0, 1, true or false"),
  /** Sum of the second derivatives of the rows that a node was trained on: what XGBoost calls its cover. Explanations need it. */
  sum_hessian: numbers.default([]),
  split_type: wholes.default([]),
  /** Of the splits on categories: the nodes, and where the codes that go right begin in `categories` and how many they are. */
  categories_nodes: counts.default([]),
  categories_segments: counts.default([]),
  categories_sizes: counts.default([]),
  categories: wholes.default([]),
});
export type XgboostTree = z.infer<typeof treeSchema>;

const modelSchema = z.object({
  version: z.tuple([z.int(), z.int(), z.int()]),
  learner: z.object({
    feature_names: z.array(z.string()).default([]),
    learner_model_param: z.object({
      base_score: z.string(),
      num_feature: count,
      num_class: count.default("0"),
      num_target: count.default("1"),
    }),
    objective: z.object({ name: z.string() }),
    gradient_booster: z.object({
      name: z.string(),
      weight_drop: z.array(z.number()).optional(),
      model: z.object({
        trees: z.array(treeSchema),
        tree_info: wholes,
        weight_drop: z.array(z.number()).optional(),
        /** Where each round's trees begin, and behind the last where they end; from XGBoost 2 on. */
        iteration_indptr: counts.default([]),
        /** From 3.1 on: the names of categories, by feature. Empty where the features were trained as codes. */
        cats: z.object({ enc: z.array(z.unknown()).default([]) }).optional(),
      }),
    }),
    attributes: z.record(z.string(), z.string()).default({}),
  }),
});
export type XgboostModel = z.infer<typeof modelSchema>;

/** Enough of the model to say what kind it is, before its trees are read: another kind has another shape of trees. */
const kindSchema = z.object({
  version: z.array(z.int()).min(1),
  learner: z.object({ objective: z.object({ name: z.string() }), gradient_booster: z.object({ name: z.string() }) }),
});

/** Oldest and newest major version whose file format this reader was proven against: a later one may mean another thing by the same words. */
const OLDEST_MAJOR = 2;
const NEWEST_MAJOR = 3;

export function invalidModel(reason: string, details: Readonly<Record<string, unknown>> = {}): AppError {
  return new AppError("invalid_model", `Not a model that can be served: ${reason}`, { details });
}

/** Reads and checks XGBoost's JSON model. Throws invalid_model for every kind that the evaluator would answer wrongly. */
export function parseXgboostModel(json: string | Uint8Array): XgboostModel {
  return checkXgboostModel(readJson(json));
}

/** The same of a file that was read already, from whichever of XGBoost's formats. */
export function checkXgboostModel(document: unknown): XgboostModel {
  const kind = kindSchema.safeParse(document);
  if (!kind.success) throw invalidModel(`this is not XGBoost's JSON format. ${describeIssue(kind.error)}`);
  refuseOtherKinds(kind.data.version[0]!, kind.data.learner.gradient_booster.name, kind.data.learner.objective.name);
  const model = modelSchema.safeParse(document);
  if (!model.success) throw invalidModel(`the XGBoost JSON is malformed. ${describeIssue(model.error)}`);
  refuseOtherOutputs(model.data);
  return model.data;
}

function readJson(json: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof json === "string" ? json : new TextDecoder().decode(json));
  } catch (error) {
    const { message } = toAppError(error);
    throw new AppError(
      "invalid_model",
      `Not a model that can be served: it is not JSON (${message}). Save the booster with format "json".`,
      {
        cause: error,
      },
    );
  }
}

function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0]!;
  return `${issue.path.join(".") || "document"}: ${issue.message}`;
}

function refuseOtherKinds(major: number, booster: string, objective: string): void {
  if (major < OLDEST_MAJOR) throw invalidModel(`it was saved by XGBoost ${major}; version ${OLDEST_MAJOR} or later is needed.`);
  if (major > NEWEST_MAJOR)
    throw invalidModel(`it was saved by XGBoost ${major}, which is newer than what is read here (${NEWEST_MAJOR}).`);
  if (booster !== "gbtree") throw invalidModel(`its booster is "${booster}"; only "gbtree" is supported.`);
  if (objective !== "binary:logistic") throw invalidModel(`its objective is "${objective}"; only "binary:logistic" is supported.`);
}

function refuseOtherOutputs(model: XgboostModel): void {
  const { num_class, num_target } = model.learner.learner_model_param;
  if (Number(num_class) > 1) throw invalidModel(`it has ${num_class} classes; one output is supported.`);
  if (Number(num_target) > 1) throw invalidModel(`it has ${num_target} targets; one output is supported.`);
  const booster = model.learner.gradient_booster;
  if (booster.weight_drop?.length || booster.model.weight_drop?.length) {
    throw invalidModel("its trees carry dropout weights (dart); train without rate_drop, skip_drop and one_drop.");
  }
  if (booster.model.tree_info.some((group) => group !== 0)) throw invalidModel("its trees belong to several outputs; one is supported.");
}
