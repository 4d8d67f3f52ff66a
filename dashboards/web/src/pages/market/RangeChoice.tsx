import { setQuery } from "../../state/address.ts";
import { chosen, chosenMoment } from "../../state/choices.ts";
import { Switch } from "../../ui/Choice.tsx";
import { Time } from "../../ui/Time.tsx";
import { movedSpan, RANGE_NAMES, type RangeName, type Span } from "./span.ts";

/** Which span is shown: a range before the newest bar, or wherever the reader has moved to. */
export function RangeChoice({
  span,
  newest,
  onShow,
}: {
  readonly span: Span;
  readonly newest: number;
  readonly onShow: (span: Span) => void;
}) {
  const is_moved = chosenMoment("from") !== null || chosenMoment("to") !== null;
  const range = is_moved ? "" : chosen("range", RANGE_NAMES, "week");
  const steps = [
    { text: "◀", name: "Earlier by half of what is seen", by: -0.5 },
    { text: "▶", name: "Later by half of what is seen", by: 0.5, is_off: span.to >= newest },
    { text: "+", name: "Closer", times: 0.5 },
    { text: "−", name: "Wider", times: 2 },
  ];
  return (
    <div class="market-range">
      <Switch<RangeName | "">
        label="Span"
        value={range}
        options={RANGE_NAMES.map((value) => ({ value, text: value }))}
        onChoose={(value) => setQuery({ range: value === "week" ? null : value, from: null, to: null })}
      />
      <span class="market-steps">
        {steps.map(({ text, name, by = 0, times = 1, is_off = false }) => (
          <button
            key={name}
            type="button"
            class="button button-small"
            aria-label={name}
            title={name}
            disabled={is_off}
            onClick={() => onShow(movedSpan(span, { by, times }))}
          >
            {text}
          </button>
        ))}
      </span>
      <span class="quiet">
        <Time at={span.from} /> to <Time at={span.to} />
      </span>
    </div>
  );
}
