import type { ReprocessMessage } from "../contracts/reprocess.ts";

/** Where any part of the system asks for a pipeline to be run again over the past. */
export interface ReprocessQueue {
  send(message: ReprocessMessage): Promise<void>;
}
