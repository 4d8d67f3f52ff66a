import type { ServingBindings } from "./environment.ts";
import { withoutWhole } from "./refusals.ts";

/**
 * Hands a request on to the whole Worker as it came, and its answer back as it is. `answered` is called when the answer has begun, and where
 * there will be none, since what was asked for may have been done all the same: the connection may have broken afterwards.
 */
export async function handOnToWhole(request: Request, whole: ServingBindings["PLATFORM"], answered: () => void): Promise<Response> {
  try {
    return await whole.fetch(request);
  } catch (error) {
    console.error(`${request.method} ${request.url} could not be handed on:`, error);
    return withoutWhole(request);
  } finally {
    answered();
  }
}
