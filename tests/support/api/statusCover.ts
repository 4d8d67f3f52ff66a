import { expect } from "vitest";
import type { Asked } from "../fuzz/leastRequest.ts";
import { type Operation, pathOf, searchOf } from "../fuzz/requestOf.ts";
import type { TestAnswer, TestApp } from "./testApp.ts";

export interface DescribedOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

/** Asks operations of the document, and notes with which of its statuses each has answered. */
export function createStatusCover(operations: readonly DescribedOperation[]) {
  const seen = new Map(operations.map(({ operation }) => [nameOf(operation), new Set<string>()]));
  return {
    /** `call` of an app holds the answer to its contract; here, to the content type that the document has for its status. */
    async ask(
      app: TestApp,
      { path, method, operation }: DescribedOperation,
      asked: Asked,
      headers: Record<string, string> = {},
    ): Promise<TestAnswer> {
      const answer = await app.call(method, pathOf(path, asked.params ?? {}) + searchOf(asked.query ?? {}), asked.body, headers);
      const described = operation.responses[answer.status] ?? operation.responses["default"];
      const type = answer.headers.get("content-type")?.split(";")[0] ?? null;
      const types = Object.keys(described?.content ?? {});
      expect(types.length === 0 ? [null] : types, `${nameOf(operation)} ${answer.status}`).toContain(type);
      seen.get(nameOf(operation))!.add(String(answer.status));
      return answer;
    },
    hasSeen: ({ operation }: DescribedOperation, status: number | string) => seen.get(nameOf(operation))!.has(String(status)),
    /** Statuses that are described, and that nothing has been answered with. */
    missing: () =>
      operations.flatMap(({ operation }) =>
        Object.keys(operation.responses)
          .filter((status) => status !== "default" && !seen.get(nameOf(operation))!.has(status))
          .map((status) => `${nameOf(operation)} ${status}`),
      ),
  };
}

export function nameOf({ operationId }: Operation): string {
  if (operationId === undefined) throw new Error("an operation without an operationId");
  return operationId;
}
