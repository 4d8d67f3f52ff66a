/** A number of two decimals with its sign; what rounds to nothing has none. */
export function signed(value: number): string {
  const size = Math.abs(value).toFixed(2);
  return Number(size) === 0 ? size : `${value < 0 ? "-" : "+"}${size}`;
}
