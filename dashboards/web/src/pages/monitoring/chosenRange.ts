import { setQuery } from "../../state/address.ts";
import { chosen } from "../../state/choices.ts";
import { RANGES, type Range } from "./ranges.ts";

const USUAL: Range = "1d";

/** The span that is looked at, as the address has it. */
export const chosenRange = (): Range => chosen("range", RANGES, USUAL);

export const chooseRange = (range: Range) => setQuery({ range: range === USUAL ? null : range }, { replace: true });
