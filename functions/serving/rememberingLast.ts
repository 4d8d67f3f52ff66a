/** `compute`, a pure function of a row, with its last answer kept: many ask about one hour, and what they are told is the same. */
export function rememberingLast<Value>(compute: (row: Float32Array) => Value): (row: Float32Array) => Value {
  let kept: { readonly row: Float32Array; readonly value: Value } | undefined;
  return (row) => {
    if (kept === undefined || !isSame(kept.row, row)) kept = { row, value: compute(row) };
    return kept.value;
  };
}

/** NaN, which is missing, is the same as itself here. */
function isSame(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
