import type { ComponentChildren } from "preact";
import { type NumberForm, numberOf, percentOf } from "../format/number.ts";

export interface EstimateView {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** An estimate with its 95 % interval: 54.7 % (53.3 to 56.1). */
export function Estimate({
  of,
  form = {},
  is_share = false,
}: {
  readonly of: EstimateView | null | undefined;
  readonly form?: NumberForm;
  /** Of one, shown as percent. */
  readonly is_share?: boolean;
}) {
  if (!of) return <span class="missing">–</span>;
  const bare = { ...form };
  delete (bare as { unit?: string }).unit;
  const digits = form.digits ?? 1;
  const main = is_share ? percentOf(of.estimate, digits) : numberOf(of.estimate, form);
  const bound = (value: number) => (is_share ? numberOf(value * 100, { digits }) : numberOf(value, bare));
  return (
    <span class="estimate" title="estimate, and its 95 % interval">
      <span class="number">{main}</span>{" "}
      <span class="quiet number">
        ({bound(of.low)} to {bound(of.high)})
      </span>
    </span>
  );
}

/** A figure with its name, as cards show several of. */
export function Figure({
  name,
  children,
  note,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
  readonly note?: ComponentChildren;
}) {
  return (
    <div class="figure">
      <div class="figure-name">{name}</div>
      <div class="figure-value" data-figure={name}>
        {children}
      </div>
      {note !== undefined && <div class="figure-note">{note}</div>}
    </div>
  );
}
