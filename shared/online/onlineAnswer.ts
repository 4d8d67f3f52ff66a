import { type Instant, SECOND, toIso } from "../domain/instant.ts";
import { computeOnDemand } from "../features/onDemand/onDemandFeature.ts";
import type { ViewSchema } from "../features/viewSchema.ts";
import type { BoundInput, FeatureSelection, SelectedOnDemand, SelectedStored } from "../historical/featureSelection.ts";
import { type FeatureStatus, type OnlineTtlMode, statusOfRow } from "./featureStatus.ts";
import { jsonDouble } from "./jsonDouble.ts";
import type { OnlineQuestion } from "./onlineQuestion.ts";
import { earlierKey, type InstrumentRows, wantedRows } from "./wantedRows.ts";

export interface OnlineAnswerOptions {
  readonly now: Instant;
  readonly ttl: OnlineTtlMode;
  /** Whether the versions of the views are told. */
  readonly with_versions: boolean;
}

/** What all values of one row have in common, its time and age as JSON. */
interface RowFacts {
  readonly status: FeatureStatus;
  readonly event_time: Instant;
  readonly time: string;
  readonly age: string;
  readonly values: readonly (number | null)[];
}

/** One value of the answer, as JSON where it is not a status. */
interface Cell extends Pick<RowFacts, "status" | "time" | "age"> {
  readonly value: string;
}

const NO_TIME = '"1970-01-01T00:00:00Z"';
const NO_ROW = { status: "NOT_FOUND", event_time: 0, time: NO_TIME, age: "null", values: [] } as const;

/** By view, of each row of the question. */
type FactsOfViews = ReadonlyMap<ViewSchema, readonly RowFacts[]>;

/**
 * The answer of Feast's `/get-online-features` as JSON text: of each name a value, status, event time and age a row. `rows`: of each
 * instrument that was asked about, in that order, what is known of it; null: nothing. What is computed on demand is as old as the oldest
 * stored row that it is computed of, and withheld where that is.
 */
export function onlineAnswer(
  question: OnlineQuestion,
  rows: readonly (InstrumentRows | null)[],
  selection: FeatureSelection,
  { now, ttl, with_versions }: OnlineAnswerOptions,
): string {
  const { views } = wantedRows(selection);
  const facts: FactsOfViews = new Map(views.map((view) => [view, rows.map((row) => factsOf(row, view, now, ttl))] as const));
  const results = selection.features.map((feature) =>
    resultOf("view" in feature ? storedCells(feature, facts) : onDemandCells(feature, facts, rows, question)),
  );
  const keys = question.instruments.map((name): Cell => ({ ...NO_ROW, status: "PRESENT", value: JSON.stringify(name) }));
  const names = JSON.stringify(["instrument", ...selection.features.map(({ column }) => column)]);
  const versions = with_versions ? `,"feature_view_metadata":${JSON.stringify(views.map(versionOf))}` : "";
  return `{"results":[${[resultOf(keys), ...results].join(",")}],"metadata":{"feature_names":${names}${versions}}}`;
}

function factsOf(rows: InstrumentRows | null, view: ViewSchema, now: Instant, ttl: OnlineTtlMode): RowFacts {
  const row = rows?.newest.get(view);
  if (row === undefined) return NO_ROW;
  const { event_time, values } = row;
  const status = statusOfRow(row, view, now, ttl);
  return { status, event_time, time: `"${toIso(event_time)}"`, age: jsonDouble((now - event_time) / SECOND), values };
}

function storedCells({ view, position }: SelectedStored, facts: FactsOfViews): readonly Cell[] {
  return facts.get(view)!.map((row) => cellOf(row, row.values[position] ?? Number.NaN));
}

function onDemandCells(
  { on_demand, inputs }: SelectedOnDemand,
  facts: FactsOfViews,
  rows: readonly (InstrumentRows | null)[],
  { fields }: OnlineQuestion,
): readonly Cell[] {
  const bound = new Map(on_demand.inputs.map((input, index) => [input, inputs[index]!]));
  const views = [...new Set(inputs.flatMap((input) => ("field" in input ? [] : [input.view])))];
  return rows.map((known, row) => {
    const boundValue = (input: BoundInput): number => {
      if ("field" in input) return fields[input.field.name]![row]!;
      const values = input.rows_back === 0 ? facts.get(input.view)![row]!.values : known?.earlier.get(earlierKey(input));
      return values?.[input.position] ?? Number.NaN;
    };
    const base = oldestOf(views.map((view) => facts.get(view)![row]!));
    return cellOf(
      base,
      computeOnDemand(on_demand, (input) => boundValue(bound.get(input)!)),
    );
  });
}

/** The one that decides: a row that is missing or too old, or else the oldest. Of what is computed of the question alone there is none. */
function oldestOf(facts: readonly RowFacts[]): RowFacts {
  const [first, ...others] = facts;
  if (first === undefined) return { ...NO_ROW, status: "PRESENT" };
  const withheld = facts.find(({ status }) => status !== "PRESENT");
  return withheld ?? others.reduce((oldest, row) => (row.event_time < oldest.event_time ? row : oldest), first);
}

function cellOf({ status, time, age }: RowFacts, value: number): Cell {
  if (status !== "PRESENT") return { status, time, age, value: "null" };
  return Number.isNaN(value) ? { status: "NULL_VALUE", time, age, value: "null" } : { status, time, age, value: jsonDouble(value) };
}

function resultOf(cells: readonly Cell[]): string {
  const list = (part: keyof Cell) => cells.map((cell) => cell[part]);
  return `{"values":[${list("value").join(",")}],"statuses":["${list("status").join('","')}"],"event_timestamps":[${list("time").join(",")}],"ages_seconds":[${list("age").join(",")}]}`;
}

function versionOf({ name, schema_hash }: ViewSchema) {
  return { name, schema_hash };
}
