/** What stands in a JSON text for a number that JavaScript cannot hold: 2^53 + 1, or 1e400. */
export class LossyNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * JSON.parse, with a LossyNumber for every whole number that would come out as another, and every number that would be infinite. What has
 * a fraction is rounded to the nearest double, as everywhere. Throws SyntaxError for what is no JSON.
 */
export function parseJsonExactly(text: string): unknown {
  return (JSON.parse as ParseWithSource)(text, (_key, value, context) => {
    if (typeof value !== "number" || (Number.isSafeInteger(value) && !Object.is(value, -0))) return value;
    return isKept(value, context.source ?? "") ? value : new LossyNumber(context.source ?? "");
  });
}

type ParseWithSource = (text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown) => unknown;

const WHOLE = /^-?\d+$/;

/** A double's own text may have zeros in place of its last digits, and is kept: 60382713432847050 stands for 60382713432847048. */
function isKept(value: number, source: string): boolean {
  if (!Number.isFinite(value)) return false;
  return !WHOLE.test(source) || String(value) === source || BigInt(source) === BigInt(value);
}
