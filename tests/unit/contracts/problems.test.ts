import { readFileSync } from "node:fs";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { allCommands } from "../../../functions/local/commands/commandTable.ts";
import { AIRFLOW_ERRORS } from "../../../shared/contracts/airflow/airflowErrors.ts";
import { answerError } from "../../../shared/contracts/route/answerError.ts";
import { OWN_ERRORS, problemOf, problemSchema } from "../../../shared/contracts/route/ownErrors.ts";
import { readProblem } from "../../../shared/contracts/route/readProblem.ts";
import { AppError, type ErrorCode } from "../../../shared/errors.ts";
import { PROBLEM_KINDS } from "../../../shared/problemKinds.ts";
import { allContracts } from "../../support/api/allContracts.ts";

const ASKED = { path: "/predict", request_id: "desk-8" };
const wrong = new AppError("unknown_instrument", "instrument: XAU_USD is not known here.", {
  status: 404,
  details: { field: "instrument", known: ["USD_SGD"] },
});

describe("an error, as RFC 9457 has it", () => {
  it("says its kind to programs and people, what was wrong this time, where, and what helps", () => {
    expect(problemOf(wrong, ASKED)).toEqual({
      type: "urn:fx-medallion:problem:unknown_instrument",
      title: "No such instrument here",
      status: 404,
      detail: "instrument: XAU_USD is not known here.",
      instance: "/predict",
      code: "unknown_instrument",
      field: "instrument",
      hint: PROBLEM_KINDS.unknown_instrument.hint,
      request_id: "desk-8",
      context: { known: ["USD_SGD"] },
    });
  });

  it("leaves out what has nothing to say", () => {
    expect(Object.keys(problemOf(new AppError("cancelled", "Cancelled."), {}))).toEqual(["type", "title", "status", "detail", "code"]);
  });

  it("is answered under the media type of its own, and Airflow's as its clients read it", async () => {
    const app = new Hono();
    app.get("/own", (c) => answerError(c, wrong, OWN_ERRORS));
    app.get("/airflow", (c) => answerError(c, wrong, AIRFLOW_ERRORS));
    const [own, airflow] = [await app.request("/own"), await app.request("/airflow")];
    expect([own.status, own.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect([airflow.status, airflow.headers.get("content-type")]).toEqual([404, "application/json"]);
    expect(await airflow.json()).toMatchObject({ detail: wrong.message, code: "unknown_instrument" });
  });

  it.each([
    ["of 404", 404],
    ["of 422, where Airflow's is a list", 422],
  ])("is read back whole, %s", (_name, status) => {
    const sent = new AppError("invalid_request", "limit: must be a number", { status, details: { field: "limit", most: 500 } });
    for (const shape of [OWN_ERRORS, AIRFLOW_ERRORS])
      expect(readProblem(JSON.parse(JSON.stringify(shape.bodyOf(sent, ASKED))))).toEqual({
        code: sent.code,
        message: sent.message,
        details: sent.details,
      });
  });

  it.each([[null], ["no"], [{}], [{ error: { code: "x", message: "y" } }], [{ detail: "Not Found" }]])("is not seen in %j", (body) =>
    expect(readProblem(body)).toBeNull(),
  );
});

describe("kinds of problems", () => {
  const kinds = Object.entries(PROBLEM_KINDS);

  it("have titles of their own, and no hint that names a route or a command that there is not", async () => {
    expect(new Set(kinds.map(([, { title }]) => title)).size).toBe(kinds.length);
    const paths = (await allContracts()).map(({ method, path }) => `${method} ${path}`);
    const commands = (await allCommands()).map(({ name }) => name.split(" ")[0]);
    for (const [code, { hint }] of kinds) {
      for (const [, asked] of (hint ?? "").matchAll(/\b(GET \/[\w./{}]*)/g))
        expect(
          paths.map((path) => path.replace(/\{\w+\}/, "{id}")),
          code,
        ).toContain(asked);
      for (const [, word] of (hint ?? "").matchAll(/\bfx (?:-- )?([a-z]+)/g)) expect(commands, code).toContain(word);
    }
  });

  it("stand in docs/errors.md, each with its title", () => {
    const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
    const listed = [...page.matchAll(/^\| `(\w+)` \| (.+?) \|$/gm)].map(([, code, title]) => [code as ErrorCode, title]);
    for (const [code, { title }] of kinds) expect(listed).toContainEqual([code, title]);
    expect(() => problemSchema.parse({})).toThrow();
  });
});
