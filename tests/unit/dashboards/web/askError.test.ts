import { describe, expect, it } from "vitest";
import { problemOf } from "../../../../dashboards/web/src/api/askError.ts";

describe("problemOf", () => {
  it("says of Airflow's list of fields which one is wrong and how", async () => {
    const detail = [{ type: "invalid_request", loc: ["step"], msg: 'step: use "schedule", or hours or days.' }];
    const problem = { title: "The request is not as the route takes it", detail, field: "step" };
    expect(await problemOf(Response.json(problem, { status: 422 }))).toMatchObject({ detail: 'step: use "schedule", or hours or days.' });
  });

  it("says what the server says in one sentence as it is", async () => {
    const answer = Response.json({ title: "Not allowed", detail: "No.", hint: "Ask.", code: "forbidden" }, { status: 403 });
    expect(await problemOf(answer)).toMatchObject({ title: "Not allowed", detail: "No.", hint: "Ask.", code: "forbidden" });
    expect(await problemOf(new Response("<html>", { status: 502 }))).toMatchObject({ detail: "The server's answer cannot be read." });
  });
});
