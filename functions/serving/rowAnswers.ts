import type { NewsState, ReturnIntervalBp } from "../../shared/contracts/predict.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { Explanation } from "../../shared/models/explanation.ts";
import type { ModelClaim } from "../../shared/models/modelClaim.ts";
import type { ServedRows } from "./currentRows.ts";
import { returnIntervalOf } from "./returnIntervalOf.ts";
import { answer, type ServedModel, type TargetBar } from "./servedModel.ts";

/** What an answer says of a row: all but its moment, its name, and what it stands on. */
export interface Said {
  /** What the trees said, before it was calibrated. */
  readonly raw_prediction: number;
  readonly return_interval_bp: ReturnIntervalBp | null;
  readonly features_used: number;
  /** What the model may say of itself. */
  readonly claim: ModelClaim;
  /** End of the bar that the answer is about, and whether it has come: then the answer is about what is over, and says so. */
  readonly target_end: Instant;
  readonly target_ended: boolean;
  readonly market_open: boolean;
  /** Of each view but the market's, by name: whether the model had it, if it was trained with it. */
  readonly view_states: Readonly<Record<string, NewsState>>;
  /** Where it was asked for. */
  readonly explanation: Explanation | undefined;
}

export interface RowAnswer {
  readonly said: Said;
  /** Calibrated. */
  readonly prediction: number;
  /** The model's inputs, in its order, as the trees saw them. */
  readonly features: readonly (number | null)[];
}

/** All that an answer depends on, beside the model: the row of each of its views, and what the moment makes of them. */
export interface RowQuestion {
  readonly rows: ServedRows;
  readonly states: readonly Exclude<NewsState, "unused">[];
  /** Of the market's row. */
  readonly event_time: Instant;
  readonly target: TargetBar;
  readonly target_ended: boolean;
  readonly market_open: boolean;
  readonly explains: boolean;
}

export interface RowAnswers {
  fresh(model: ServedModel, question: RowQuestion): Promise<RowAnswer>;
  /** The last answer again where the question is the same: of a model one with its reasons and one without are kept. */
  kept(model: ServedModel, question: RowQuestion): Promise<RowAnswer> | RowAnswer;
}

/** `others`: names of the views that are built beside the market's. */
export function createRowAnswers(others: readonly string[]): RowAnswers {
  const plain = new WeakMap<ServedModel, Kept>();
  const explained = new WeakMap<ServedModel, Kept>();
  const fresh: RowAnswers["fresh"] = (model, question) => answerRow(model, question, others);
  async function renewed(model: ServedModel, question: RowQuestion): Promise<RowAnswer> {
    const row_answer = await fresh(model, question);
    (question.explains ? explained : plain).set(model, { question, row_answer });
    return row_answer;
  }
  return {
    fresh,
    kept(model, question) {
      const last = (question.explains ? explained : plain).get(model);
      return last !== undefined && isSame(last.question, question) ? last.row_answer : renewed(model, question);
    },
  };
}

interface Kept {
  readonly question: RowQuestion;
  readonly row_answer: RowAnswer;
}

/** Rows by identity: the store's next reading gives others. The market's row says what the target is. */
function isSame(one: RowQuestion, other: RowQuestion): boolean {
  return (
    one.target_ended === other.target_ended &&
    one.market_open === other.market_open &&
    one.rows.every((row, index) => row === other.rows[index]) &&
    one.states.every((state, index) => state === other.states[index])
  );
}

async function answerRow(model: ServedModel, question: RowQuestion, others: readonly string[]): Promise<RowAnswer> {
  const { rows, states, event_time, target, target_ended, market_open, explains } = question;
  const values = rows.map((row, index) => (states[index] === "fresh" ? (row?.values ?? null) : null));
  const answered = await answer(model, values);
  const { features, used } = toFeatures(answered.inputs);
  const stateOf = (name: string): NewsState => states[indexOf(model, name)] ?? "unused";
  const view_states = Object.fromEntries(others.map((name) => [name, stateOf(name)]));
  return {
    said: {
      raw_prediction: answered.raw,
      return_interval_bp: returnIntervalOf(model, answered, event_time),
      features_used: used,
      claim: model.card,
      target_end: target.end,
      ...{ target_ended, market_open, view_states },
      explanation: explains ? model.explain(answered.inputs) : undefined,
    },
    prediction: answered.prediction,
    features,
  };
}

/** By a plain loop: an iterator's objects were a quarter of what an answer allocates. */
function toFeatures(inputs: Float32Array): { readonly features: readonly (number | null)[]; readonly used: number } {
  const features = new Array<number | null>(inputs.length);
  let used = 0;
  for (let i = 0; i < inputs.length; i++) {
    const value = inputs[i]!;
    features[i] = Number.isNaN(value) ? null : value;
    if (features[i] !== null) used++;
  }
  return { features, used };
}

function indexOf({ views }: ServedModel, name: string): number {
  return views.findIndex((view) => view.name === name);
}
