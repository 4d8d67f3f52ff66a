/** How far ahead a model predicts, in bars of an hour: the next hour, the next 4 hours. */
export function horizonName(bars: number): string {
  return bars === 1 ? "the next hour" : `the next ${bars} hours`;
}
