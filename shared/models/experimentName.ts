/** Under which the runs of all instruments were logged before each had its own. */
const FORMER_EXPERIMENT = "direction_h1";

/** Experiment that the training runs of an instrument are logged under: fx-prediction-usdsgd. */
export function experimentNameOf(instrument: string): string {
  return `fx-prediction-${instrument.replace("_", "").toLowerCase()}`;
}

/** True of an experiment that training logs to, or once did. */
export function isTrainingExperiment(name: string): boolean {
  return name === FORMER_EXPERIMENT || /^fx-prediction-[a-z]{6}$/.test(name);
}
