/** Where a list of the address begins; the start where that is no whole number. */
export function readOffset(said: string | null): number {
  return said !== null && /^\d{1,9}$/.test(said) ? Number(said) : 0;
}
