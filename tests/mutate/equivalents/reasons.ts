/** Reasons that several mutations have. */

export const FALLS_THROUGH = "a quick way out: what it does not take goes the long way, which decides the same";
export const BEHIND_THE_END = "one write more, behind the end of a typed array, which takes none";
/** Of loops over lists: what is read behind the end is undefined, which no comparison in the loop takes for a value. */
export const NO_ROW_THERE = "one row more, behind the end: nothing is there, and nothing is not counted";
export const TURNS = "it is -1 or 1";
export const NO_MOVE_THERE = "at the ends stand the noun and the comparing word, which are no moves";
export const FINDING_IS_WORDS = "one token more: the first of the finding itself, which is a word and no mark";
/** tests/unit/features/columns.test.ts holds the two to the same bits. */
export const BOTH_WAYS = "rows of a column and rows computed one by one are the same";
/** Of findSpikes, which looks at every bar where it does not see at once that none can stand alone. */
export const STEADY = "fewer are seen at once to be steady: the others are looked at, with the same result";
export const BORDER_OF_LOGS = "no logarithm of two prices lies exactly on the limit";
export const NULL_TOGETHER = "they are null together: where nothing has weight";
export const BORDER_OF_REALS = "at the border itself both sides give the same value";
