import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { ALL_ROUTES } from "../../../shared/contracts/allRoutes.ts";
import type { Route } from "../../../shared/contracts/route/defineRoute.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string; readonly tags: readonly string[] }>>>>;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
}

const NOW = Date.UTC(2025, 5, 25, 12);
const ask = async () => createTestApp(await createTestPorts({ now: NOW })).call("GET", "/openapi.json");

describe("GET /openapi.json", () => {
  it("describes /predict by the schemas that the route uses", async () => {
    const { status, body: document } = await ask();
    expect(status).toBe(200);
    expect(document.openapi).toBe("3.1.0");
    expect(document.paths["/predict"]?.["post"]).toMatchObject({
      requestBody: { content: { "application/json": { schema: { required: ["instrument"], additionalProperties: false } } } },
      responses: {
        "200": { content: { "application/json": { schema: { properties: { direction: { enum: ["bullish", "bearish"] } } } } } },
      },
    });
  });

  it("calls every operation by a name of its own, and says what each tag is for", async () => {
    const document = (await ask()).body as Described;
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const names = operations.map(({ operationId }) => operationId);
    expect(names).toEqual(names.map(() => expect.stringMatching(/^[a-z]\w+$/)));
    expect(new Set(names).size).toBe(names.length);
    expect(document.tags.map(({ description }) => description)).toEqual(document.tags.map(() => expect.stringMatching(/\S/)));
    expect(new Set(operations.flatMap(({ tags }) => tags))).toEqual(new Set(document.tags.map(({ name }) => name)));
  });

  it("shows only what its schemas take", () => {
    const shown = Object.entries(ALL_ROUTES as Readonly<Record<string, Route>>).filter(([, { example }]) => example !== undefined);
    expect(shown.map(([name]) => name).sort()).toEqual(["listPredictions", "predict", "predictBatch", "sendFeedback"]);
    for (const [name, { body, answers, example }] of shown) {
      if (body) expect(body.schema.safeParse(example?.body).error, name).toBeUndefined();
      expect((answers[200] as z.ZodType).parse(example?.answer), name).toEqual(example?.answer);
    }
  });

  it("names every path parameter", async () => {
    const document = (await ask()).body as {
      paths: Record<string, Record<string, { parameters: { name: string; in: string }[] }>>;
    };
    for (const [path, operations] of Object.entries(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const { parameters } of Object.values(operations)) {
        expect(parameters.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name)).toEqual(names);
      }
    }
  });
});
