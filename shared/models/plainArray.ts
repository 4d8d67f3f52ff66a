import { z } from "zod";
import { counted } from "../domain/counted.ts";

/**
 * An array of elements that are all right, looked at by a plain loop. zod's own array takes each element as a schema of its own: reading the
 * trees of a model so was most of what the first prediction of a cold Worker waited for. What is wrong is named by its index.
 */
export function plainArray<Element>(isRight: (element: unknown) => element is Element, expected: string, least = 0) {
  return z.custom<Element[]>().superRefine((elements: unknown, context) => {
    const tell = (message: string, path: number[] = []) => context.addIssue({ code: "custom", message, path, input: elements });
    if (!Array.isArray(elements)) return tell("expected an array");
    if (elements.length < least) return tell(`expected at least ${counted(least, "element")}`);
    for (let at = 0; at < elements.length; at++) if (!isRight(elements[at])) return tell(`expected ${expected}`, [at]);
  });
}

export const isFiniteNumber = (value: unknown): value is number => Number.isFinite(value);
export const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
export const isCount = (value: unknown): value is number => isWhole(value) && value >= 0;
