import { foreignToBearer } from "../../../../shared/contracts/sendableToken.ts";
import { AskError, type Problem, problemOf } from "./askError.ts";
import { bearerOf } from "./bearerOf.ts";
import { isOfTheKey } from "./isOfTheKey.ts";
import { reach } from "./reach.ts";

/** Asks the server once with a key. What is said against it; null: the server knows it, whatever it may do. */
export async function tryKey(key: string): Promise<Problem | null> {
  const code = foreignToBearer(key);
  if (code !== null) {
    const detail = `A key has letters, digits and -._~+/ alone, and this holds another character (${code}). Copy it once more, without what stands around it.`;
    return { title: "This is no key", detail };
  }
  try {
    const response = await reach("/api/store", { headers: { accept: "application/json", ...bearerOf(key) } });
    if (isOfTheKey(response.status)) return null;
    const problem = await problemOf(response);
    return response.status === 401 ? { ...problem, title: "The server does not take this key" } : problem;
  } catch (error) {
    if (error instanceof AskError) return error.problem;
    throw error;
  }
}
