/** True of a tag of a version that says what a check found, or which skill the model may claim: the word of the gate, and nobody else's. */
export function isVerdict({ key, value }: { readonly key: string; readonly value: string }): boolean {
  return key === "skill" || key === "skill_reason" || /^(?:passed|failed): /.test(value);
}
