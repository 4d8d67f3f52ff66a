/** A line of bronze. Text that is not JSON stays text: validateCandle rejects it as not_an_object, with its reason. */
export function parseJsonLine(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch (error) {
    if (error instanceof SyntaxError) return raw;
    throw error;
  }
}
