import { beforeEach, describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { at, createHistory, linesOf, NOON, REFS } from "../../support/api/historyFixture.ts";
import type { TestApp } from "../../support/api/testApp.ts";
import { addRows, GOLD, goldRow } from "../../support/models/servingFixture.ts";
import type { TestPorts } from "../../support/ports/testPorts.ts";

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ({ ports, app } = await createHistory());
});

describe("GET /api/features/export", () => {
  const get = (query: string) => app.call("GET", `/api/features/export?${query}`);
  const span = `from=${at(0)}&to=${at(1)}`;

  it("has a row an instrument and bar of the span, both ends inclusive", async () => {
    await ports.features.write("EUR_USD", { view: GOLD.name, schema_hash: GOLD.schema_hash }, [
      goldRow(NOON, 0.3),
      goldRow(NOON + 2 * HOUR, 9),
    ]);
    const { status, body, headers } = await get(`features=${REFS}&instruments=USD_SGD,EUR_USD&${span}`);
    expect([status, headers.get("x-fx-rows")]).toEqual([200, "3"]);
    expect(linesOf(body).map((row) => [row["instrument"], row["event_timestamp"], row["ret_1"]])).toEqual([
      ["USD_SGD", at(0), 0.5],
      ["USD_SGD", at(1), -0.25],
      ["EUR_USD", at(0), 0.3],
    ]);
  });

  it("of a service is of its instrument, and as of a moment what was recorded then", async () => {
    const { headers, body } = await get(`feature_service=fx-usdsgd-market&${span}&format=csv`);
    expect(body.trim().split("\n")).toHaveLength(3);
    ports.clock.advance(HOUR);
    await addRows(ports, [goldRow(NOON + HOUR / 2, 0.9)]);
    expect((await get(`feature_service=fx-usdsgd-market&${span}&format=csv`)).body.trim().split("\n")).toHaveLength(4);
    const as_of = encodeURIComponent(headers.get("x-fx-as-of")!);
    expect((await get(`feature_service=fx-usdsgd-market&${span}&format=csv&as_of=${as_of}`)).body).toBe(body);
  });

  it.each([
    [`features=${REFS}&${span}`, "instruments", 422],
    [`features=${REFS}&instruments=usd&${span}`, "instruments.0", 422],
    [`feature_service=fx-usdsgd-market&from=${at(1)}&to=${at(0)}`, "from", 422],
    ["feature_service=fx-usdsgd-market&from=2025&to=2026", "from", 422],
    [span, "feature_service", 422],
    [`feature_service=fx-usdsgd-markets&${span}`, "feature_service", 404],
  ])("%s names %s", async (query, field, status) => {
    const answer = await get(query);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });
});
