import { SECOND } from "../domain/instant.ts";

/**
 * How long a claimed task is its worker's without a heartbeat, which is how long a killed worker's task stands still; and
 * how many leases in a row may be lost without costing the task a try.
 */
export const LEASE = { lease_ms: 20 * SECOND, heartbeat_ms: 5 * SECOND, max_takeovers: 5 } as const;
