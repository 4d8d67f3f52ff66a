import { randomUUID } from "node:crypto";
import type { Miniflare } from "miniflare";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { promotionReason } from "../../../shared/models/promotionReason.ts";
import { addModel, addRows, alternatingRows, materialize } from "../../support/models/servingFixture.ts";
import { markedProcesses } from "../../support/stack/markedProcesses.ts";
import type { ServedStore } from "../../support/stack/servedStore.ts";

export const NOON = Date.UTC(2025, 5, 25, 12);
export const NOW = NOON + 20 * MINUTE;
export const MODEL = "fx-usdsgd-predictor";

/** A model in Production and its newest row. */
export async function promote(served: ServedStore, running: Miniflare): Promise<void> {
  const real = await served.ports(running);
  await addModel(real, { run_id: "a", strength: 0.4, promoted_at: NOON - HOUR, reason: promotionReason("r") });
  const [row] = alternatingRows(NOON, 1);
  await addRows(real, [row!]);
  await materialize(real, row!);
}

/** The runtimes that this process has started: they inherit the mark. */
const MARK = randomUUID();
process.env["FX_TEST_MARK"] = MARK;
export function runtimePids(which = /./): number[] {
  return markedProcesses(MARK)
    .filter(({ command }) => /workerd serve/.test(command) && which.test(command))
    .map(({ pid }) => pid);
}
