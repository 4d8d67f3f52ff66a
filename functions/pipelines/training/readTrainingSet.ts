import { giveBack } from "../../../shared/domain/giveBack.ts";
import type { Instant, TimeWindow } from "../../../shared/domain/instant.ts";
import { joinedWindow } from "../../../shared/features/pointInTimeJoin.ts";
import { assembleTrainingSet, type TrainingSet } from "../../../shared/features/trainingSet.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { modelViews } from "../../../shared/features/views.ts";
import { readSeries } from "../common/readSeries.ts";
import type { Ports } from "../ports.ts";

/**
 * The labelled rows of the window, labels over `horizon_bars` bars, features and labels joined point-in-time, of what was known by its end, in the versions that were
 * recorded by `recorded_until`.
 */
export async function readTrainingSet(
  ports: Ports,
  instrument: string,
  window: TimeWindow,
  recorded_until: Instant,
  horizon_bars: number,
): Promise<TrainingSet> {
  const [bars, ...views] = await Promise.all([
    readSeries(ports.bars, instrument, window, 1),
    ...modelViews(ports.config).map(async (view, index) => {
      const span = index === 0 ? window : joinedWindow(window, view);
      return { view, rows: await ports.features.read(instrument, referenceOf(view), span, window.end, recorded_until) };
    }),
  ]);
  const set = assembleTrainingSet({ instrument, bars, views, horizon_bars, as_of: window.end });
  for (const { rows } of views) giveBack(...rows.map(({ values }) => values.buffer as ArrayBuffer));
  return set;
}
