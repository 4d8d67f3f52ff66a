import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { beforeEach, describe, expect, it } from "vitest";
import { earlierRow } from "../../../functions/serving/earlierRow.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { at, createHistory, linesOf, NOON, PATH } from "../../support/api/historyFixture.ts";
import type { TestApp } from "../../support/api/testApp.ts";
import { addRows, GOLD, goldRow } from "../../support/models/servingFixture.ts";
import type { TestPorts } from "../../support/ports/testPorts.ts";

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ({ ports, app } = await createHistory());
  await addRows(ports, [rowOf(2, { mid: 1.25, vol_20: 0.001, spread_ma_20: 0.0002, ret_1: 0.75 })]);
});

const post = (body: unknown, query = "", headers: Record<string, string> = {}) => app.call("POST", `${PATH}${query}`, body, headers);
const LAG = "market_lags:ret_1_lag_24";
const QUOTE = "quote_features:quote_return,quote_features:quote_spread_ratio";
const RETURN = Math.log((1.2512 + 1.2516) / 2 / 1.25);
const RATIO = (1.2516 - 1.2512) / 0.0002;

function rowOf(hours: number, values: Readonly<Record<string, number>>) {
  const row = goldRow(NOON + hours * HOUR, 0);
  for (const [name, value] of Object.entries(values)) row.values[GOLD.features.findIndex((feature) => feature.name === name)] = value;
  return row;
}

const columns = (bid: unknown = 1.2512) => ({ instrument: ["USD_SGD"], event_timestamp: [at(2)], bid: [bid], ask: [1.2516] });

describe("features on demand", () => {
  it("are computed of the row that was known and of what comes with the row, and the question's fields are no column of the answer", async () => {
    const { status, body } = await post({ entities: columns(), features: `${QUOTE},market_features:ret_1` });
    expect(status).toBe(200);
    expect(linesOf(body)).toEqual([
      { instrument: "USD_SGD", event_timestamp: at(2), quote_return: RETURN, quote_spread_ratio: RATIO, ret_1: 0.75 },
    ]);
  });

  it("are null where an input is: of the question, or of a row that is not there", async () => {
    const entities = {
      instrument: ["USD_SGD", "USD_SGD", "EUR_USD"],
      event_timestamp: [at(2), at(60), at(2)],
      bid: [null, 1, 1],
      ask: [1, 1, 1],
    };
    const found = linesOf((await post({ entities, features: QUOTE })).body).map((row) => row["quote_return"]);
    expect(found).toEqual([null, null, null]);
  });

  it("take the fields as NDJSON, CSV and Parquet", async () => {
    const query = `?features=${QUOTE}&format=csv`;
    const expected = (await post({ entities: columns(), features: QUOTE }, "?format=csv")).body;
    const row = { instrument: "USD_SGD", event_timestamp: at(2), bid: 1.2512, ask: 1.2516 };
    expect((await post(JSON.stringify(row), query, { "content-type": "application/x-ndjson" })).body).toBe(expected);
    const csv = `ask,bid,event_timestamp,instrument\n1.2516,"1.2512",${at(2)},USD_SGD\n`;
    expect((await post(csv, query, { "content-type": "text/csv" })).body).toBe(expected);
    const unknown = (await post(csv.replace("1.2516", ""), query, { "content-type": "text/csv" })).body;
    expect(unknown).toBe(`instrument,event_timestamp,quote_return,quote_spread_ratio\nUSD_SGD,${at(2)},,\n`);
    const file = parquetOf(1.2512, 1.2516);
    expect((await post(file, query, { "content-type": "application/vnd.apache.parquet" })).body).toBe(expected);
  });

  it("lag over stored rows, whatever lies between them", async () => {
    await addRows(
      ports,
      Array.from({ length: 24 }, (_, index) => rowOf(-400 - index, { ret_1: index })),
    );
    // Of the rows at 2, 1 and 0 hours, and then the 24 of two weeks before: 24 before the first is the 22nd of these.
    const moments = [at(2), at(1), at(0), at(-400)];
    const entities = { instrument: moments.map(() => "USD_SGD"), event_timestamp: moments };
    const { body } = await post({ entities, features: LAG });
    expect(linesOf(body).map((row) => row["ret_1_lag_24"])).toEqual([21, 22, 23, null]);
  });

  it("of a row that is served find the rows before it", async () => {
    const served = NOON + 2 * HOUR;
    const value = async (rows_back: number) =>
      (await earlierRow(ports, "USD_SGD", GOLD, served, rows_back, served))?.values[
        GOLD.features.findIndex(({ name }) => name === "ret_1")
      ];
    expect([await value(0), await value(1), await value(2), await value(3)]).toEqual([0.75, -0.25, 0.5, undefined]);
  });

  it("come in a service, with the name of their view where that is wanted", async () => {
    const { body, headers } = await post({ entities: columns(), feature_service: "fx-usdsgd-market-on-demand", full_feature_names: true });
    expect(linesOf(body)[0]).toMatchObject({
      market_features__ret_1: 0.75,
      quote_features__quote_return: RETURN,
      market_lags__ret_1_lag_24: null,
    });
    const service = (await app.call("GET", "/api/features/services/fx-usdsgd-market-on-demand")).body;
    expect(service.request_fields).toEqual(["bid", "ask"]);
    expect(headers.get("x-fx-feature-set-hash")).toBe(service.feature_set_hash);
    expect(Object.keys(linesOf(body)[0]!).slice(2)).toEqual(service.features.map(({ ref }: { ref: string }) => ref.replace(":", "__")));
  });

  it("of which none wants a field are exported over a span", async () => {
    const query = `features=${LAG},market_features:ret_1&instruments=USD_SGD&from=${at(0)}&to=${at(2)}`;
    const { status, body } = await app.call("GET", `/api/features/export?${query}`);
    expect(status).toBe(200);
    expect(linesOf(body).map((row) => row["ret_1"])).toEqual([0.5, -0.25, 0.75]);
  });

  const without = (name: string) => Object.fromEntries(Object.entries(columns()).filter(([key]) => key !== name));
  it.each<[string, unknown, string, RegExp]>([
    [
      "a missing field",
      { entities: without("bid"), features: QUOTE },
      "entities.bid",
      /is missing; a row has instrument and event_timestamp and bid and ask/,
    ],
    ["a field that nothing asks for", { entities: columns(), features: LAG }, "entities.bid", /is no column of an entity row/],
    ["a ragged field", { entities: { ...columns(), ask: [] }, features: QUOTE }, "entities.ask", /has 0 values, and .* has 1/],
    ["a text", { entities: columns("1.2512"), features: QUOTE }, "entities.bid[0]", /"1.2512" is not a number above 0, nor null/],
    ["a price of nothing", { entities: columns(0), features: QUOTE }, "entities.bid[0]", /0 is not a number above 0/],
    ["a flag", { entities: columns(true), features: QUOTE }, "entities.bid[0]", /true is not a number/],
  ])("%s is a 422 that names it", async (_name, body, field, problem) => {
    const { status, body: error } = await post(body);
    expect([status, error.field]).toEqual([422, field]);
    expect(error.detail).toMatch(problem);
  });

  it("a cell that is no number is a 422 with its line, and a span cannot bring fields", async () => {
    const csv = `instrument,event_timestamp,bid,ask\nUSD_SGD,${at(2)},soon,1\n`;
    const { status, body } = await post(csv, `?features=${QUOTE}`, { "content-type": "text/csv" });
    expect([status, body.field]).toEqual([422, "line 2: bid"]);
    const span = `from=${at(0)}&to=${at(2)}`;
    const refused = await app.call("GET", `/api/features/export?feature_service=fx-usdsgd-market-on-demand&${span}`);
    expect([refused.status, refused.body.field]).toEqual([422, "feature_service"]);
    expect(refused.body.detail).toMatch(/computed of bid, which comes with each row/);
  });
});

function parquetOf(bid: number, ask: number): Uint8Array {
  const writer = new ByteWriter();
  const price = (name: string) => ({ name, type: "DOUBLE", repetition_type: "OPTIONAL" }) as const;
  const file = new ParquetWriter({
    writer,
    codec: "UNCOMPRESSED",
    schema: [
      { name: "schema", num_children: 4 },
      { name: "instrument", type: "BYTE_ARRAY", repetition_type: "OPTIONAL", converted_type: "UTF8" },
      {
        name: "event_timestamp",
        type: "INT64",
        repetition_type: "OPTIONAL",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
      },
      price("bid"),
      price("ask"),
    ],
  });
  file.write({
    columnData: [
      { name: "instrument", data: ["USD_SGD"] },
      { name: "event_timestamp", data: [BigInt(NOON + 2 * HOUR) * 1_000n] },
      { name: "bid", data: [bid] },
      { name: "ask", data: [ask] },
    ],
  });
  file.finish();
  return writer.getBytes();
}
