import { describe, expect, it } from "vitest";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

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
