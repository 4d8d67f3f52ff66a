/**
 * A number as JSON that a reader of any language takes for a fraction: 1.0 and not 1. Feast's client makes the type of a column of what the
 * text looks like, so that an integer among fractions would be another type. -0 keeps its sign.
 */
export function jsonDouble(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no form in JSON`);
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
