import { OnePrediction } from "./OnePrediction.tsx";
import { PredictionList } from "./PredictionList.tsx";
import "./predictions.css";

/** What was answered, what became of it, and of one answer everything that it was made of. */
export function Page({ item }: { readonly item: string | null }) {
  return item === null ? <PredictionList /> : <OnePrediction prediction_id={item} />;
}
