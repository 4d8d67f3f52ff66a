import { describe, expect, it } from "vitest";
import { openapiRoutes } from "../../../functions/api/openapi.ts";

describe("GET /openapi.json", () => {
  it("describes /predict by the schemas that the route uses", async () => {
    const response = await openapiRoutes().request("/openapi.json");
    const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(response.status).toBe(200);
    expect(document.openapi).toBe("3.1.0");
    expect(document.paths["/predict"]?.["post"]).toMatchObject({
      requestBody: { content: { "application/json": { schema: { required: ["instrument"], additionalProperties: false } } } },
      responses: {
        "200": { content: { "application/json": { schema: { properties: { direction: { enum: ["bullish", "bearish"] } } } } } },
      },
    });
  });

  it("names every path parameter", async () => {
    const document = (await (await openapiRoutes().request("/openapi.json")).json()) as {
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
