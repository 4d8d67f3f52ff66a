import { batch } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isMarketOpen } from "../../../../shared/domain/marketCalendar.ts";
import type { AnswerAt } from "../api/ask.ts";
import { keys } from "../api/keys.ts";
import { isRefreshing } from "../api/queries.ts";
import { useAnswer } from "../api/useAnswer.ts";
import { momentOf } from "../format/time.ts";
import { hrefOf } from "../state/address.ts";
import {
  chooseInstrument,
  chooseZone,
  instrument,
  instruments,
  isStoreTold,
  ZONE_LABELS,
  ZONES,
  type ZoneName,
  zone,
} from "../state/choices.ts";
import { now, tellServerTime } from "../state/now.ts";
import { Choice } from "../ui/Choice.tsx";
import { State } from "../ui/State.tsx";
import { firingSign, healthSign } from "./healthSigns.ts";

const MARKETS: Readonly<Record<NonNullable<AnswerAt<"GET /api/store">["market"]>, string>> = {
  simulated: "simulated market",
  real: "real market",
};

/** What holds on every page: which store, what time it is there, whether the market is open, whether it works, and what fires. */
export function Header() {
  const store = useAnswer("GET /api/store");
  const health = useAnswer("GET /health");
  const alerts = useAnswer("GET /api/alerts", { query: { state: "firing", limit: 1 } });
  const looked = useAnswer("GET /api/monitoring/readings", { query: { check: "freshness", limit: 1 } });
  useEffect(() => {
    if (store.is_first) return;
    batch(() => {
      if (store.data) {
        tellServerTime(store.data.clock);
        instruments.value = store.data.configured_instruments;
      }
      isStoreTold.value = true;
    });
  }, [store.data, store.is_first]);
  const { date, time } = momentOf(now.value, ZONES[zone.value]);
  const is_open = isMarketOpen(now.value);
  const of_health = healthSign(health);
  const of_alerts = firingSign(alerts, looked, now.value);
  return (
    <header class="top">
      <div class="top-facts">
        <span class="top-store" title="Which prices this store holds">
          {store.error && store.data === undefined ? (
            <State tone="bad">store not known</State>
          ) : store.data === undefined ? (
            "store …"
          ) : store.data.market === null ? (
            "empty store"
          ) : (
            MARKETS[store.data.market]
          )}
        </span>
        <span class="number" title="The time of this installation">
          {date} {time} {ZONE_LABELS[zone.value]}
        </span>
        <State tone={is_open ? "good" : "none"}>{is_open ? "market open" : "market closed"}</State>
        {health.error && health.error.status === null ? (
          <State tone="bad">no answer</State>
        ) : (
          <a href={hrefOf("infrastructure")} class="plain">
            <State tone={of_health.tone}>{of_health.text}</State>
          </a>
        )}
        <a href={hrefOf("now")} class="plain">
          <State tone={of_alerts.tone}>{of_alerts.text}</State>
        </a>
      </div>
      <div class="top-choices">
        <Choice
          label="Pair"
          value={instrument.value}
          options={[{ value: "", text: "all" }, ...instruments.value.map((name) => ({ value: name, text: name }))]}
          onChoose={chooseInstrument}
        />
        <Choice
          label="Times in"
          value={zone.value}
          options={(Object.keys(ZONES) as ZoneName[]).map((name) => ({ value: name, text: ZONE_LABELS[name] }))}
          onChoose={chooseZone}
        />
        <button
          type="button"
          class="button button-small"
          aria-pressed={isRefreshing.value}
          title="Pages are asked for again by themselves while they are looked at"
          onClick={() => {
            isRefreshing.value = !isRefreshing.value;
          }}
        >
          {isRefreshing.value ? "refreshing" : "standing still"}
        </button>
        <button type="button" class="button button-small" onClick={() => (keys.key.value === null ? keys.want() : keys.forget())}>
          {keys.key.value === null ? "use a key" : "forget the key"}
        </button>
      </div>
    </header>
  );
}
