/** What the package exports as fx-medallion/client. */
export type { AllRoutes } from "../shared/contracts/allRoutes.ts";
export type { Send } from "./askRoute.ts";
export { createFxClient, type FxClient, type FxClientOptions } from "./createFxClient.ts";
export { FxClientError } from "./fxClientError.ts";
export { readEvents, type StreamEvent } from "./readEvents.ts";
export { readStream, type Streamed } from "./readStream.ts";
export { DEFAULT_RETRY, type RetryTerms } from "./retrying.ts";
export type { Answered, ErrorOf, ErrorStatusOf, Refused, Told } from "./told.ts";
