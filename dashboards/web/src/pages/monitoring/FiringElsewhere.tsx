import { hrefOf } from "../../state/address.ts";
import type { Elsewhere } from "./firingAt.ts";
import { MONITORING_PAGES, type MonitoringPageName } from "./pageOfCheck.ts";

/** How many alerts fire that a page does not list, with links to where they stand. */
export function FiringElsewhere({ here, elsewhere }: { readonly here: MonitoringPageName; readonly elsewhere: readonly Elsewhere[] }) {
  if (elsewhere.length === 0) return null;
  return (
    <span>
      Elsewhere:{" "}
      {elsewhere.map(({ page, count, is_of_other_pairs }, at) => (
        <span key={page}>
          {at > 0 && ", "}
          <a href={hrefOf(page, [], is_of_other_pairs ? { instrument: null } : {})}>
            {page === here ? "of other pairs" : MONITORING_PAGES[page].title} ({count})
          </a>
        </span>
      ))}
      .
    </span>
  );
}
