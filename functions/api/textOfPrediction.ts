import { toIso } from "../../shared/domain/instant.ts";
import type { Prediction } from "../serving/predictor.ts";
import type { Said } from "../serving/rowAnswers.ts";
import { viewOfPrediction } from "./viewOfPrediction.ts";

/** Stands where an answer has its own moment or name. No text that is served has it: names of pairs, models and features are words. */
const OWN = "\u0000";
const OWN_TEXT = JSON.stringify(OWN);

/** What lies around the two, of answers that say the same. */
const texts = new WeakMap<Said, readonly string[]>();

/** viewOfPrediction as JSON text, to the byte: what answers of one row say alike is made into text once. */
export function textOfPrediction(prediction: Prediction): string {
  const { said, record, at, knowledge } = prediction;
  if (knowledge !== null) return JSON.stringify(viewOfPrediction(prediction));
  let parts = texts.get(said);
  if (parts === undefined) {
    parts = JSON.stringify({ ...viewOfPrediction(prediction), timestamp: OWN, prediction_id: OWN }).split(OWN_TEXT);
    texts.set(said, parts);
  }
  const [before, between, after] = parts;
  return `${before}"${toIso(at)}"${between}${JSON.stringify(record.prediction_id)}${after}`;
}
