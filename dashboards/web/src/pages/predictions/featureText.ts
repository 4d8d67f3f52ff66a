/** A feature's value with five digits that mean something: features are of very different sizes. */
export function featureText(value: number | null): string {
  if (value === null) return "missing";
  return value === 0 ? "0" : Number(value.toPrecision(5)).toString().replace("-", "−");
}
