import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startModel } from "../models/modelUnderTest.ts";
import { writeTinyModel } from "./tinyGguf.ts";

/** What the model process says on a platform without a ready build of llama.cpp; anything else is a fault and fails the tests. */
const ABSENT = /is not installed on this machine|there is no ready build of llama\.cpp/;

/**
 * Whether this installation has llama.cpp, an optional package. Where it has not, the tests on it are skipped with a message; on CI
 * (`CI` is set) that would hide a fault, so there it throws.
 */
export async function hasLlama(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "fx-tiny-model-"));
  try {
    (await startModel({ base: writeTinyModel(folder).base })).kill();
    return true;
  } catch (error) {
    const { message } = error as Error;
    if (!ABSENT.test(message) || (process.env["CI"] ?? "") !== "") throw error;
    console.warn(`tests on the real llama.cpp are skipped: ${message}`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
