/**
 * What stands in place of a pair where rows, a run's tasks, an experiment or a model are of several pairs together. No pair can be called
 * so, and a model's name is made of it as of a pair's: fx-pooled-predictor, in the experiment fx-prediction-pooled.
 */
export const POOLED = "pooled";
