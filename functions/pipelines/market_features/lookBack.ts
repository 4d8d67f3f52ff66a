import type { StepContext } from "../../../shared/dag/step.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import type { Ports } from "../ports.ts";
import {
  type BarOutcome,
  found,
  hasUnbuilt,
  isJustClosed,
  type Looks,
  lookAt,
  progressOf,
  skipUnless,
  whyNoneWillCome,
} from "./barLook.ts";
import { progressAfter, startAfter } from "./buildProgress.ts";

/**
 * Intervals of the past, one after the other: nothing of them is waited for. Whether bars lie unbuilt before an interval is asked of the
 * progress that the builds of those before it will leave. Null where one has to be waited for.
 */
export async function lookBack(ports: Ports, contexts: readonly StepContext<Looks>[]): Promise<readonly BarOutcome[] | null> {
  const [{ map_key: instrument }] = contexts as [StepContext<Looks>];
  const looks = await lookAt(ports, contexts);
  const can_wait = looks.some(
    ({ newest, has_bar, is_replay }) => has_bar && !is_replay && isJustClosed(ports, newest! + BASE_GRANULARITY_MS),
  );
  if (can_wait) return null;
  const last = await ports.bars.lastStart(instrument, BASE_GRANULARITY);
  let progress = await progressOf(ports, instrument);
  const outcomes: BarOutcome[] = [];
  for (const [index, { window }] of contexts.entries()) {
    const { newest, expected, is_replay, has_bar } = looks[index]!;
    const reason = has_bar ? null : whyNoneWillCome(ports, instrument, { expected, last, is_replay });
    if (!has_bar && reason === null) return null;
    const outcome: BarOutcome = reason === null ? found(newest!, 0) : skipUnless(hasUnbuilt(progress.flat(), window, last), last, reason);
    if (outcome.kind === "success") {
      progress = progress.map((views) =>
        progressAfter(views, window, newest !== null && newest + BASE_GRANULARITY_MS > startAfter(views, window)),
      );
    }
    outcomes.push(outcome);
  }
  return outcomes;
}
