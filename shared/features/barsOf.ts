/** In ViewFeature's `bars_of`: the bars of the instrument that the row is of. */
export const OWN_BARS = "own";
