import type { AnswerAt, InputAt } from "../../api/ask.ts";
import { SECOND } from "../../api/queries.ts";
import { type Answer, useAnswer } from "../../api/useAnswer.ts";
import type { Rule } from "./limits.ts";

/** The monitoring measures every quarter of an hour: more often than this there is hardly anything new. */
export const MEASURED_REFRESH_MS = 120 * SECOND;

const MAX_READINGS = 1_000;

export type Check = NonNullable<NonNullable<InputAt<"GET /api/monitoring/readings">["query"]>["check"]>;

/** The newest reading of everything of a check, or of one of its metrics. */
export function useReadings(check: Check, metric?: string): Answer<AnswerAt<"GET /api/monitoring/readings">> {
  const query = { check, limit: MAX_READINGS, ...(metric === undefined ? {} : { metric }) };
  return useAnswer("GET /api/monitoring/readings", { query }, { refresh_ms: MEASURED_REFRESH_MS });
}

/** How a metric is judged; undefined until that is known. */
export function useRule(check: Check, metric: string): Rule | undefined {
  const { data } = useAnswer("GET /api/monitoring/rules", {}, { refresh_ms: null });
  return data?.rules.find((rule) => rule.check === check && rule.metric === metric);
}
