import { useState } from "preact/hooks";
import { countOf } from "../../format/number.ts";
import { place, setQuery } from "../../state/address.ts";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { BronzeObject } from "./BronzeObject.tsx";
import type { BronzeObjectView } from "./lineageSteps.ts";

const FEW = 10;

/** The objects that the bars came in; the one that the address names is open. */
export function BronzeObjects({ objects }: { readonly objects: readonly BronzeObjectView[] }) {
  const [is_all, setAll] = useState(false);
  const open = place.value.query.get("object");
  const found = objects.find(({ key }) => key === open);
  return (
    <>
      <Table
        caption="Bronze objects"
        rows={is_all ? objects : objects.slice(0, FEW)}
        keyOf={({ key }) => key}
        columns={[
          { name: "bars of", show: ({ instrument }) => instrument, is_head: true },
          { name: "of those bars", is_number: true, show: ({ bars }) => countOf(bars) },
          { name: "first", show: ({ first_start }) => <Time at={first_start} /> },
          { name: "last", show: ({ last_start }) => <Time at={last_start} /> },
          { name: "received", show: ({ ingested_at }) => <Time at={ingested_at} with_seconds /> },
          { name: "from", show: ({ origin }) => origin ?? "not known" },
          {
            name: "object",
            show: ({ key, instrument, last_start }) => (
              <button
                type="button"
                class="button button-small"
                aria-expanded={key === open}
                aria-label={`${key === open ? "Close" : "Open"} the object of ${instrument} with bars to ${last_start}`}
                onClick={() => setQuery({ object: key === open ? null : key }, { replace: true })}
              >
                {key === open ? "close" : "open"}
              </button>
            ),
          },
        ]}
      />
      {objects.length > FEW && (
        <p class="lineage-more">
          <button type="button" class="button button-small" onClick={() => setAll(!is_all)}>
            {is_all ? `Only the first ${FEW}` : `All ${objects.length}`}
          </button>
        </p>
      )}
      {found !== undefined && <BronzeObject key={found.key} object={found} />}
      {open !== null && found === undefined && <p class="failed">The object {open} is none of those that this prediction came from.</p>}
    </>
  );
}
