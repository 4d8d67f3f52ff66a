import { expect, it } from "vitest";
import { negotiateExposition } from "../../../shared/exposition/negotiateExposition.ts";

/** What Prometheus 2.42 and 3 send by default. */
const PROMETHEUS =
  "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

it.each([
  [undefined, "text"],
  ["", "text"],
  ["*/*", "text"],
  ["text/html,*/*;q=0.8", "text"],
  [PROMETHEUS, "openmetrics"],
  ["application/openmetrics-text", "openmetrics"],
  ["application/openmetrics-text; version=0.0.1", "text"],
  ["application/openmetrics-text; version=1.0.0; q=0", "text"],
  ["application/openmetrics-text;q=0.2, text/plain;version=0.0.4;q=0.9", "text"],
  ["text/plain; version=0.0.4", "text"],
  ["Application/OpenMetrics-Text; Version=1.0.0", "openmetrics"],
  ["application/openmetrics-text;q=none", "text"],
])("answers Accept %j with %s", (accept, format) => {
  expect(negotiateExposition(accept)).toBe(format);
});
