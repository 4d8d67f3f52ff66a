import { Hono } from "hono";
import { z } from "zod";
import { errorBodySchema } from "../../shared/contracts/predict.ts";
import { OPERATIONS, type Operation } from "./operations.ts";

/** GET /openapi.json, made from the schemas that the routes themselves parse and answer with. */
export function openapiRoutes(): Hono {
  return new Hono().get("/openapi.json", (context) => context.json(document()));
}

function document() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, operation] of Object.entries(OPERATIONS)) {
    const [method, path] = key.split(" ") as [string, string];
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(path, operation) };
  }
  return { openapi: "3.1.0", info: { title: "fx-medallion", version: "0.1.0" }, paths };
}

function describe(path: string, { summary, body, answer, query = {} }: Operation) {
  const json = (schema: z.ZodType, io: "input" | "output") => ({ "application/json": { schema: z.toJSONSchema(schema, { io }) } });
  const parameter = (name: string, where: string, description: string) => ({
    name,
    in: where,
    description,
    required: where === "path",
    schema: { type: "string" },
  });
  return {
    summary,
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name!, "path", "")),
      ...Object.entries(query).map(([name, description]) => parameter(name, "query", description)),
    ],
    ...(body ? { requestBody: { required: true, content: json(body, "input") } } : {}),
    responses: {
      "200": { description: "The answer", content: json(answer, "output") },
      default: { description: "What was wrong", content: json(errorBodySchema, "output") },
    },
  };
}
