import { drainedSchema } from "../../../shared/contracts/drain.ts";
import type { PartDrain } from "./part.ts";

/** Asks a part to bring away what it holds. Returns what is to be said of it; one that does not answer is stopped as it is. */
export async function drainPart(name: string, { url, token, within_ms }: PartDrain): Promise<string | null> {
  try {
    const headers = { authorization: `Bearer ${token}`, connection: "close" };
    const response = await fetch(url, { method: "POST", headers, signal: AbortSignal.timeout(within_ms) });
    return drainedSchema.parse(await response.json()).say;
  } catch (error) {
    return `${name} could not be asked to finish what it holds (${error instanceof Error ? error.message : String(error)}).`;
  }
}
