/** What a colour means, with a sign of its own for those who see none: never by colour alone. */
export type Tone = "good" | "warn" | "bad" | "run" | "wait" | "none";
