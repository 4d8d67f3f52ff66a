import { HOUR } from "../../../../../shared/domain/instant.ts";
import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { chosen, chosenMoment, instrument } from "../../state/choices.ts";
import { notices } from "../../state/notices.ts";
import { Answered, Empty } from "../../ui/Answered.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { MarketOf } from "./MarketOf.tsx";
import { RANGE_NAMES, type Span, spanOf } from "./span.ts";
import "./market.css";

type Store = AnswerAt<"GET /api/store">;

/** Candles of one pair, with what was predicted of them, what became of it, and what the news said. */
export function Page() {
  const store = useAnswer("GET /api/store");
  return (
    <Answered answer={store} height={640}>
      {(known) => <Chosen store={known} />}
    </Answered>
  );
}

function Chosen({ store: { configured_instruments, coverage } }: { readonly store: Store }) {
  const pair = instrument.value === "" ? (configured_instruments[0] ?? "") : instrument.value;
  const stored = coverage.find((one) => one.instrument === pair);
  const head = (
    <PageHead title={`Market: ${pair.replace("_", "/")}`}>
      The prices that are stored, what the pipeline predicted of each hour as it was answered then, and what became of it.
      {instrument.value === "" && " Another pair is chosen above."}
    </PageHead>
  );
  const newest = stored?.last_start ? Date.parse(stored.last_start) + HOUR : null;
  if (newest === null)
    return (
      <>
        {head}
        <Empty>
          There are no prices of {pair} yet. fx start fills an empty store, the pipelines bring a bar an hour, and fx import candles brings
          a history of your own.
        </Empty>
      </>
    );
  return (
    <>
      {head}
      <MarketOf key={pair} pair={pair} span={spanShown(newest)} newest={newest} />
    </>
  );
}

/** What the address says, or the week before the newest bar. */
function spanShown(newest: number): Span {
  const range = chosen("range", RANGE_NAMES, "week");
  const span = spanOf({ from: chosenMoment("from"), to: chosenMoment("to") }, range, newest);
  if (span !== null) return span;
  notices.warn("query-from", `from does not lie before to: the ${range} before the newest bar is shown.`);
  return spanOf({ from: null, to: null }, range, newest)!;
}
