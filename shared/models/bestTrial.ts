/** The trial with the lowest log loss, the first of equals; null where none has any. */
export function bestTrial(log_losses: readonly (number | null)[]): number | null {
  return log_losses.reduce<number | null>((best, loss, trial) => {
    if (loss === null) return best;
    return best === null || loss < log_losses[best]! ? trial : best;
  }, null);
}
