import { alertCollectionSchema, monitoringSummarySchema, readingCollectionSchema } from "../../shared/contracts/monitoring.ts";
import { CHECKS } from "../../shared/monitoring/reading.ts";
import type { Operation } from "./operations.ts";

/** Of monitoring, for the OpenAPI document. */
export const MONITORING_OPERATIONS: Readonly<Record<string, Operation>> = {
  "GET /api/monitoring/readings": {
    summary: "What was measured: the newest of each, or all since a time, the newest first",
    answer: readingCollectionSchema,
    query: {
      check: CHECKS.join(", "),
      subject: "an instrument, model, news source or component",
      metric: "one metric",
      since: "RFC 3339; absent: only the newest",
      limit: "1 to 1000",
    },
  },
  "GET /api/monitoring/summary": { summary: "The worst status of each check, and why", answer: monitoringSummarySchema },
  "GET /api/alerts": {
    summary: "Alerts: those that fire first, then the newest",
    answer: alertCollectionSchema,
    query: {
      state: "firing or resolved",
      limit: "1 to 100",
      offset: "from 0",
      order_by: "a field; with a minus before it the largest first",
    },
  },
};
