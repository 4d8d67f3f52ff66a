/** A measurement as an estimate; null where it or its interval is not known. */
export function estimateOf({
  value,
  low,
  high,
}: {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}): { readonly estimate: number; readonly low: number; readonly high: number } | null {
  return value === null || low === null || high === null ? null : { estimate: value, low, high };
}
