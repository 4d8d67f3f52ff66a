/** Converts what comes in batches, each part into any number of others. Where one part throws, what those before it gave comes first. */
export async function* convertBatches<In, Out>(
  batches: AsyncIterable<readonly In[]>,
  convert: (one: In, give: (other: Out) => void) => void,
): AsyncGenerator<readonly Out[]> {
  for await (const batch of batches) {
    const converted: Out[] = [];
    const give = (other: Out) => void converted.push(other);
    let failure: { readonly error: unknown } | null = null;
    try {
      for (const one of batch) convert(one, give);
    } catch (error) {
      failure = { error };
    }
    if (converted.length > 0) yield converted;
    if (failure) throw failure.error;
  }
}
