import { INSTRUMENT_ENTITY } from "../catalogue/entities.ts";
import type { Instant } from "../domain/instant.ts";
import { computeOnDemand } from "../features/onDemand/onDemandFeature.ts";
import type { ViewSchema } from "../features/viewSchema.ts";
import type { BoundInput, FeatureSelection, SelectedOnDemand, SelectedStored } from "../historical/featureSelection.ts";
import type { OnlineTtlMode } from "./featureStatus.ts";
import { jsonDouble } from "./jsonDouble.ts";
import type { OnlineQuestion } from "./onlineQuestion.ts";
import { type FactsOfViews, factsOfViews, NO_ROW, OF_QUESTION, type RowFacts } from "./rowFacts.ts";
import { earlierKey, type InstrumentRows, wantedRows } from "./wantedRows.ts";

export interface OnlineAnswerOptions {
  readonly now: Instant;
  readonly ttl: OnlineTtlMode;
  /** Whether the versions of the views are told. */
  readonly with_versions: boolean;
}

/** Rows of a question whose texts are kept, and signs of all that are: of a few pairs, one by one or together. Beyond it all are forgotten. */
const MAX_KEPT_ROWS = 16;
const MAX_KEPT_SIGNS = 4_000_000;

/** One value of an answer as JSON, and the row that decides over it. */
interface Cell {
  readonly facts: RowFacts;
  readonly value: string;
}

/** What of an answer stays the same while its rows do: all but the ages. */
interface StoredTexts {
  readonly facts: readonly RowFacts[];
  /** Feature by feature, of those that are stored. */
  readonly texts: readonly (string | null)[];
  /** The result of the join key, which comes first as Feast has it, and the names of all. */
  readonly keys: string;
  readonly names: string;
}

/**
 * Answers Feast's `/get-online-features` as JSON text: of each name a value, status, event time and age a row. `rows`: of each instrument
 * that was asked about, in that order, what is known of it; null: nothing. What is computed on demand is as old as the oldest of the newest
 * rows that it is computed of, or goes back from, and withheld where that is. The texts of the last answer to a question are kept, as the same is asked again and again.
 */
export function createOnlineAnswers() {
  let kept = new WeakMap<FeatureSelection, Map<string, StoredTexts>>();
  let kept_signs = 0;

  function textsOf({ instruments }: OnlineQuestion, selection: FeatureSelection, facts: FactsOfViews): StoredTexts {
    // A name may be any text, with a comma in it as well.
    const key = JSON.stringify(instruments);
    const last = kept.get(selection)?.get(key);
    if (last !== undefined && isSame(last, facts)) return last;
    const texts = storedTexts(instruments, selection, facts);
    if (instruments.length <= MAX_KEPT_ROWS) keep(selection, key, texts, signsOf(texts) - (last ? signsOf(last) : 0));
    return texts;
  }

  function keep(selection: FeatureSelection, key: string, texts: StoredTexts, signs: number): void {
    kept_signs += signs;
    if (kept_signs > MAX_KEPT_SIGNS) [kept, kept_signs] = [new WeakMap(), signsOf(texts)];
    const own = kept.get(selection) ?? new Map<string, StoredTexts>();
    kept.set(selection, own.set(key, texts));
  }

  return function onlineAnswer(
    question: OnlineQuestion,
    rows: readonly (InstrumentRows | null)[],
    selection: FeatureSelection,
    { now, ttl, with_versions }: OnlineAnswerOptions,
  ): string {
    const { views } = wantedRows(selection);
    const facts = factsOfViews(rows, views, now, ttl);
    const stored = textsOf(question, selection, facts);
    const ages = new Map(views.map((view) => [view, agesOf(facts.get(view)!)] as const));
    // By a plain loop: to join a list of them takes three times as long.
    let results = stored.keys;
    for (const [index, feature] of selection.features.entries()) {
      const text = stored.texts[index];
      results += "view" in feature ? `,${text}${ages.get(feature.view)}` : `,${onDemandResult(feature, facts, rows, question)}`;
    }
    const versions = with_versions ? `,"feature_view_metadata":${JSON.stringify(views.map(versionOf))}` : "";
    return `{"results":[${results}],"metadata":{"feature_names":${stored.names}${versions}}}`;
  };
}

function storedTexts(instruments: readonly string[], { features }: FeatureSelection, facts: FactsOfViews): StoredTexts {
  const texts = features.map((feature) => ("view" in feature ? textOf(storedCells(feature, facts)) : null));
  const names = JSON.stringify([INSTRUMENT_ENTITY.join_key, ...features.map(({ column }) => column)]);
  return { facts: [...facts.values()].flat(), keys: keyResult(instruments), texts, names };
}

function signsOf({ texts, keys, names }: StoredTexts): number {
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), keys.length + names.length);
}

/** Whether the texts are of the same rows, of which the same is to be said. */
function isSame(last: StoredTexts, facts: FactsOfViews): boolean {
  let at = 0;
  for (const rows of facts.values()) {
    for (const { row, status } of rows) {
      const before = last.facts[at++]!;
      if (before.row !== row || before.status !== status) return false;
    }
  }
  return true;
}

function storedCells({ view, position }: SelectedStored, facts: FactsOfViews): readonly Cell[] {
  return facts.get(view)!.map((row) => cellOf(row, row.row?.values[position] ?? Number.NaN));
}

function onDemandResult(
  { on_demand, inputs }: SelectedOnDemand,
  facts: FactsOfViews,
  rows: readonly (InstrumentRows | null)[],
  { fields }: OnlineQuestion,
): string {
  const bound = new Map(on_demand.inputs.map((input, index) => [input, inputs[index]!]));
  const views = [...new Set(inputs.flatMap((input) => ("field" in input ? [] : [input.view])))];
  const cells = rows.map((known, row) => {
    const boundValue = (input: BoundInput): number => {
      if ("field" in input) return fields[input.field.name]![row]!;
      const values = input.rows_back === 0 ? facts.get(input.view)![row]!.row?.values : known?.earlier.get(earlierKey(input));
      return values?.[input.position] ?? Number.NaN;
    };
    const base = oldestOf(views.map((view) => facts.get(view)![row]!));
    const value = computeOnDemand(on_demand, (input) => boundValue(bound.get(input)!));
    return cellOf(base, value);
  });
  return textOf(cells) + agesOf(cells.map((cell) => cell.facts));
}

/** The one that decides: a row that is missing or too old, or else the oldest. Of what is computed of the question alone there is none. */
function oldestOf(facts: readonly RowFacts[]): RowFacts {
  const [first, ...others] = facts;
  if (first === undefined) return OF_QUESTION;
  const withheld = facts.find(({ status }) => status !== "PRESENT");
  return withheld ?? others.reduce((oldest, one) => (one.row!.event_time < oldest.row!.event_time ? one : oldest), first);
}

function cellOf(facts: RowFacts, value: number): Cell {
  if (facts.status !== "PRESENT") return { facts, value: "null" };
  // Infinity is no number of JSON's, and Feast's client takes "Infinity" for a text.
  return Number.isFinite(value) ? { facts, value: jsonDouble(value) } : { facts: { ...facts, status: "NULL_VALUE" }, value: "null" };
}

function keyResult(instruments: readonly string[]): string {
  const cells = instruments.map((name): Cell => ({ facts: OF_QUESTION, value: JSON.stringify(name) }));
  return textOf(cells) + agesOf(instruments.map(() => NO_ROW));
}

/** A result but for its ages, and these. */
function textOf(cells: readonly Cell[]): string {
  const [values, statuses] = [cells.map(({ value }) => value), cells.map(({ facts }) => facts.status)];
  return `{"values":[${values.join(",")}],"statuses":["${statuses.join('","')}"],"event_timestamps":[${cells.map(({ facts }) => facts.time).join(",")}]`;
}

function agesOf(facts: readonly RowFacts[]): string {
  return `,"ages_seconds":[${facts.map(({ age }) => age).join(",")}]}`;
}

function versionOf({ name, schema_hash }: ViewSchema) {
  return { name, schema_hash };
}
