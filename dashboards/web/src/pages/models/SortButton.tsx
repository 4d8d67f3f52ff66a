import { fieldOf, nextOrder, type RunField, type RunOrder } from "./runOrder.ts";

/** The head of a column that sorts by it. */
export function SortButton({
  field,
  text,
  order,
  onOrder,
}: {
  readonly field: RunField;
  readonly text: string;
  readonly order: RunOrder;
  readonly onOrder: (order: RunOrder) => void;
}) {
  const is_sorted = fieldOf(order) === field;
  const now = !is_sorted ? "" : order.startsWith("-") ? ", the largest first" : ", the smallest first";
  return (
    <button type="button" class="models-sort" aria-label={`Sort by ${text}${now}`} onClick={() => onOrder(nextOrder(order, field))}>
      {text} <span aria-hidden="true">{!is_sorted ? "↕" : order.startsWith("-") ? "▼" : "▲"}</span>
    </button>
  );
}
