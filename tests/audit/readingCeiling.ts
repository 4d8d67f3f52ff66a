import { HOUR, type Instant } from "../../shared/domain/instant.ts";
import { countKnown, type NewsSeries, toNewsSeries } from "../../shared/features/news/newsSeries.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import type { SilverArticle } from "../../shared/news/silverArticle.ts";
import { sandboxTruth } from "../support/market/sandboxTruth.ts";

/** Hours back to which an article can be of an event that governs the next hour. */
const LONGEST_HOURS = 12;
/** Rows of 1/2 that are added to those of a cell of the table. */
const PRIOR_ROWS = 20;

/**
 * What somebody could say of the later rows who knew the sandbox's rule and read the news by our readings: the mean true probability of the
 * training rows with the same direction of the newest article that has one, the same hours since, and the same last move. And how
 * often that article points the way that the hour's event does, of hours that one governs.
 */
export function readingCeiling(
  articles: readonly SilverArticle[],
  training: TrainingSet,
  later: TrainingSet,
  planted: { readonly seed: number; readonly signal: number },
): { readonly p: Float64Array; readonly share_right: number } {
  const series = toNewsSeries(later.instrument, articles);
  const cells = new Map<string, { sum: number; rows: number }>();
  const known = sandboxTruth(training, planted).p;
  for (let row = 0; row < known.length; row++) {
    const name = cellOf(series, training, row);
    const cell = cells.get(name) ?? { sum: PRIOR_ROWS / 2, rows: PRIOR_ROWS };
    cells.set(name, { sum: cell.sum + known[row]!, rows: cell.rows + 1 });
  }
  const p = Float64Array.from(later.y, (_, row) => {
    const cell = cells.get(cellOf(series, later, row));
    return cell === undefined ? 0.5 : cell.sum / cell.rows;
  });
  return { p, share_right: shareRight(series, later, planted) };
}

function cellOf(series: NewsSeries, set: TrainingSet, row: number): string {
  const { direction, hours } = newestDirected(series, set.event_time[row]!);
  return `${direction} ${hours} ${lastMove(set, row)}`;
}

function shareRight(series: NewsSeries, set: TrainingSet, planted: { readonly seed: number; readonly signal: number }): number {
  const { p, is_governed } = sandboxTruth(set, planted);
  const rows = Array.from(p.keys()).filter((row) => is_governed[row] === 1);
  const right = rows.filter((row) => newestDirected(series, set.event_time[row]!).direction === Math.sign(p[row]! - 0.5));
  return right.length / rows.length;
}

/** Of the articles that were known: 0 without one that has a direction and is new enough. */
function newestDirected(series: NewsSeries, at: Instant): { direction: number; hours: number } {
  const hoursSince = (index: number) => Math.floor(at / HOUR) - Math.floor(series.available_at[index]! / HOUR);
  for (let index = countKnown(series, at) - 1; index >= 0 && hoursSince(index) <= LONGEST_HOURS; index--) {
    if (series.direction[index] !== 0) return { direction: Math.sign(series.direction[index]!), hours: hoursSince(index) };
  }
  return { direction: 0, hours: 0 };
}

function lastMove(set: TrainingSet, row: number): number {
  return Math.sign(set.features[set.feature_names.indexOf("ret_1")]![row]!);
}
