import { type PredictResponse, predictResponseSchema } from "../shared/contracts/predict.ts";
import { type Unavailable, unavailableSchema } from "../shared/contracts/stream.ts";
import { readEvents } from "./readEvents.ts";

/** What GET /stream tells: a prediction, or that there is none any more and why. `id` is for Last-Event-ID. */
export type Streamed =
  | { readonly event: "prediction"; readonly id: string; readonly data: PredictResponse }
  | { readonly event: "unavailable"; readonly id: string; readonly data: Unavailable };

/** The events of a response of GET /stream, read by their contracts. Others, of a later server, are passed over. */
export async function* readStream(response: Response): AsyncGenerator<Streamed> {
  for await (const { event, id, data } of readEvents(response)) {
    if (event === "prediction") yield { event, id, data: predictResponseSchema.parse(JSON.parse(data)) };
    if (event === "unavailable") yield { event, id, data: unavailableSchema.parse(JSON.parse(data)) };
  }
}
