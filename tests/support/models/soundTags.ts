import { CHECKS } from "../../../shared/validation/verdict.ts";

/** Tags of a version that passed every check there is. */
export const SOUND: Readonly<Record<string, string>> = Object.fromEntries(CHECKS.map((check) => [check, "passed: it is fine"]));
