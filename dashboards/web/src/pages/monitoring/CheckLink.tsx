import { hrefOf } from "../../state/address.ts";
import { instrument, instruments } from "../../state/choices.ts";
import { MONITORING_PAGES, pageOfCheck } from "./pageOfCheck.ts";
import { ofPair } from "./readings.ts";
import type { Check } from "./useReadings.ts";

/** A link to the page that shows a check, with the pair that it is said of. */
export function CheckLink({ check, subject }: { readonly check: Check; readonly subject: string }) {
  const page = pageOfCheck(check);
  const is_seen = ofPair([{ subject }], instrument.value, instruments.value).length > 0;
  return <a href={hrefOf(page, [], is_seen ? {} : { instrument: null })}>{MONITORING_PAGES[page].title}</a>;
}
