import { zstdCompressSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { beforeEach, describe, expect, it } from "vitest";
import { MAX_ENTITY_BYTES, MAX_ENTITY_ROWS } from "../../../shared/contracts/historicalFeatures.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { addModel, addNewsRows, addRows, GOLD, goldRow, INSTRUMENTS, newsRow } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const PATH = "/get-historical-features";
const REFS = "market_features:ret_1,news_features:pair_directional_signal";
const at = (hours: number) => toIso(NOON + hours * HOUR);

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOON + 100 * HOUR, config: { instruments: INSTRUMENTS } });
  app = createTestApp(ports);
  await addRows(ports, [goldRow(NOON, 0.5), goldRow(NOON + HOUR, -0.25)]);
  await addNewsRows(ports, [newsRow(NOON, 0.125)]);
});

const post = (body: unknown, query = "", headers: Record<string, string> = {}) => app.call("POST", `${PATH}${query}`, body, headers);
const linesOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const entities = (...moments: string[]) => ({ instrument: moments.map(() => "USD_SGD"), event_timestamp: moments });

describe("POST /get-historical-features", () => {
  it("keeps the order of the rows, joins what was known, and leaves null what was not", async () => {
    const moments = [at(1), at(-1), at(0.5), "2025-06-25T14:00:00.000001+01:00", at(40)];
    const { status, body, headers } = await post({ entities: entities(...moments), features: REFS.split(",") });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/x-ndjson");
    expect(headers.get("x-fx-rows")).toBe("5");
    expect(linesOf(body)).toEqual([
      { instrument: "USD_SGD", event_timestamp: at(1), ret_1: -0.25, pair_directional_signal: 0.125 },
      { instrument: "USD_SGD", event_timestamp: at(-1), ret_1: null, pair_directional_signal: null },
      { instrument: "USD_SGD", event_timestamp: at(0.5), ret_1: 0.5, pair_directional_signal: 0.125 },
      { instrument: "USD_SGD", event_timestamp: "2025-06-25T13:00:00.000001Z", ret_1: -0.25, pair_directional_signal: 0.125 },
      { instrument: "USD_SGD", event_timestamp: at(40), ret_1: null, pair_directional_signal: null },
    ]);
  });

  it("gives the exact list of a service, and of the version of a model", async () => {
    await addModel(ports, { run_id: "a".repeat(32), strength: 1, promoted_at: NOON, feature_names: ["vol_20", "ret_1"] });
    const [row] = linesOf((await post({ entities: entities(at(0)), feature_service: "fx-usdsgd-predictor@1" })).body);
    expect(Object.keys(row!)).toEqual(["instrument", "event_timestamp", "vol_20", "ret_1"]);
    expect(row).toMatchObject({ vol_20: null, ret_1: 0.5 });
    const whole = await post({ entities: entities(at(0)), feature_service: "fx-usdsgd-market-news", full_feature_names: true });
    const service = (await app.call("GET", "/api/features/services/fx-usdsgd-market-news")).body;
    expect(Object.keys(linesOf(whole.body)[0]!).slice(2)).toEqual(
      service.features.map(({ ref }: { ref: string }) => ref.replace(":", "__")),
    );
    expect(whole.headers.get("x-fx-feature-set-hash")).toBe(service.feature_set_hash);
  });

  it("takes the joined view's features from the views that hold them", async () => {
    const features = ["combined_features:ret_1", "combined_features:pair_directional_signal"];
    const { body } = await post({ entities: entities(at(0)), features, full_feature_names: true });
    expect(linesOf(body)[0]).toMatchObject({ combined_features__ret_1: 0.5, combined_features__pair_directional_signal: 0.125 });
  });

  it("takes rows as NDJSON and CSV by their type, or as curl sends them", async () => {
    const rows = [at(1), at(0)].map((event_timestamp) => ({ instrument: "USD_SGD", event_timestamp }));
    const ndjson = rows.map((row) => JSON.stringify(row)).join("\n");
    const csv = `\uFEFFevent_timestamp,instrument\r\n${rows.map((row) => `${row.event_timestamp.replace("T", " ").replace("Z", "+00:00")},"USD_SGD"`).join("\r\n")}\r\n`;
    const query = `?features=${REFS}`;
    const expected = (await post({ entities: entities(at(1), at(0)), features: REFS })).body;
    for (const [body, type] of [
      [ndjson, "application/x-ndjson"],
      [csv, "text/csv; charset=utf-8"],
      [ndjson, "application/x-www-form-urlencoded"],
      [csv, "application/x-www-form-urlencoded"],
    ] as const) {
      expect((await post(body, query, { "content-type": type })).body, type).toBe(expected);
    }
    expect((await post("instrument,event_timestamp\n", query)).body).toBe("");
  });

  it("answers as CSV, by its name or by Accept", async () => {
    const body = { entities: entities(at(0), at(-9)), features: REFS };
    const expected = `instrument,event_timestamp,ret_1,pair_directional_signal\nUSD_SGD,${at(0)},0.5,0.125\nUSD_SGD,${at(-9)},,\n`;
    const named = await post(body, "?format=csv");
    expect([named.headers.get("content-type"), named.body]).toEqual(["text/csv", expected]);
    expect((await post(body, "", { accept: "text/html, text/csv;q=0.9" })).body).toBe(expected);
    expect((await post({ ...body, entities: entities() }, "?format=csv")).body).toBe(expected.slice(0, expected.indexOf("\n") + 1));
  });

  it("takes and gives Parquet", async () => {
    for (const codec of ["UNCOMPRESSED", "SNAPPY", "ZSTD"] as const) {
      const file = parquetOf([at(1), at(0)], { codec });
      const { body, headers } = await post(file, `?features=${REFS}&format=parquet`);
      expect(headers.get("content-type"), codec).toBe("application/vnd.apache.parquet");
      const rows = await parquetReadObjects({ file: (body as Uint8Array<ArrayBuffer>).buffer });
      expect(
        rows.map((row) => ({ ...row })),
        codec,
      ).toEqual([
        { instrument: "USD_SGD", event_timestamp: new Date(NOON + HOUR), ret_1: -0.25, pair_directional_signal: 0.125 },
        { instrument: "USD_SGD", event_timestamp: new Date(NOON), ret_1: 0.5, pair_directional_signal: 0.125 },
      ]);
    }
  });

  it.each(["ndjson", "csv", "parquet"])("gives the same bytes again as %s, as of before a correction too", async (format) => {
    const ask = (as_of?: string) =>
      post({ entities: entities(at(0), at(1)), features: REFS, ...(as_of ? { as_of } : {}) }, `?format=${format}`);
    const first = await ask();
    const as_of = first.headers.get("x-fx-as-of")!;
    expect((await ask()).body).toEqual(first.body);
    ports.clock.advance(HOUR);
    await addRows(ports, [goldRow(NOON, 0.75)]);
    expect((await ask()).body).not.toEqual(first.body);
    const again = await ask(as_of);
    expect([again.headers.get("x-fx-as-of"), again.body]).toEqual([as_of, first.body]);
  });
});

/** Entity rows as a Parquet file, with its column of times as a test wants it. */
function parquetOf(
  times: readonly string[],
  {
    codec = "UNCOMPRESSED",
    is_utc = true,
    time = {},
  }: { codec?: "UNCOMPRESSED" | "SNAPPY" | "ZSTD"; is_utc?: boolean; time?: Record<string, unknown> } = {},
): Uint8Array {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    codec,
    compressors: { ZSTD: (page) => zstdCompressSync(page) },
    schema: [
      { name: "schema", num_children: 2 },
      { name: "instrument", type: "BYTE_ARRAY", repetition_type: "OPTIONAL", converted_type: "UTF8" },
      {
        ...{ name: "event_timestamp", type: "INT64", repetition_type: "OPTIONAL" },
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: is_utc, unit: "MICROS" },
        ...time,
      },
    ],
  });
  const data = times.map((text) => (text === "" ? null : BigInt(Date.parse(text)) * 1_000n));
  file.write({
    columnData: [
      { name: "instrument", data: times.map(() => "USD_SGD") },
      { name: "event_timestamp", data },
    ],
  });
  file.finish();
  return writer.getBytes();
}

describe("what is wrong with a request is told with its name", () => {
  const asked = { features: REFS };
  const columns = (change: object) => ({ ...asked, entities: { ...entities(at(0)), ...change } });
  const PARQUET = { "content-type": "application/vnd.apache.parquet" };
  const CSV = { "content-type": "text/csv" };
  const NDJSON = { "content-type": "application/x-ndjson" };
  const QUERY = `?features=${REFS}`;

  it.each<[string, unknown, string, Record<string, string>, number, string, RegExp]>([
    ["no body", undefined, "", { "content-type": "application/json" }, 400, "body", /is empty/],
    ["no JSON", "{nope", "", { "content-type": "application/json" }, 400, "body", /is not JSON/],
    ["no entities", asked, "", {}, 422, "entities", /./],
    ["a list of entities", { ...asked, entities: [{ instrument: "USD_SGD" }] }, "", {}, 422, "entities", /./],
    ["an unknown field", { ...columns({}), feature_servic: "x" }, "", {}, 422, "feature_servic", /is not a field/],
    ["an unknown name in the query", columns({}), "?feature=x", {}, 422, "feature", /is not a field/],
    ["a missing key", { ...asked, entities: { event_timestamp: [at(0)] } }, "", {}, 422, "entities.instrument", /is missing/],
    ["a missing time", { ...asked, entities: { instrument: ["USD_SGD"] } }, "", {}, 422, "entities.event_timestamp", /is missing/],
    ["another key", columns({ pair: ["x"] }), "", {}, 422, "entities.pair", /is no column of an entity row/],
    ["ragged columns", columns({ event_timestamp: [at(0), at(1)] }), "", {}, 422, "entities.event_timestamp", /has 2 values, and .* has 1/],
    [
      "a number as time",
      columns({ event_timestamp: [NOON] }),
      "",
      {},
      422,
      "entities.event_timestamp[0]",
      /is a number, and nobody can tell of which unit/,
    ],
    ["a number in text", columns({ event_timestamp: ["1750852800.000000000"] }), "", {}, 422, "entities.event_timestamp[0]", /is a number/],
    [
      "a time without a zone",
      columns({ event_timestamp: ["2025-06-25T12:00:00"] }),
      "",
      {},
      422,
      "entities.event_timestamp[0]",
      /with a zone/,
    ],
    [
      "a day that is none",
      columns({ event_timestamp: ["2025-02-30T12:00:00Z"] }),
      "",
      {},
      422,
      "entities.event_timestamp[0]",
      /is not a time/,
    ],
    ["null as time", columns({ event_timestamp: [null] }), "", {}, 422, "entities.event_timestamp[0]", /null is not a time/],
    ["no pair", columns({ instrument: ["usdsgd"] }), "", {}, 422, "entities.instrument[0]", /is not a pair such as USD_SGD/],
    ["neither service nor features", { entities: entities(at(0)) }, "", {}, 422, "feature_service", /is missing/],
    ["both", { ...columns({}), feature_service: "fx-usdsgd-market" }, "", {}, 422, "features", /together/],
    ["said twice", columns({}), QUERY, {}, 422, "features", /in the query and in the body/],
    [
      "an unknown service",
      { entities: entities(at(0)), feature_service: "fx-usdsgd-marke" },
      "",
      {},
      404,
      "feature_service",
      /Did you mean fx-usdsgd-market/,
    ],
    ["an unknown view", { entities: entities(at(0)), features: ["market:ret_1"] }, "", {}, 404, "features", /no feature view "market"/],
    ["an unknown feature", { entities: entities(at(0)), features: ["market_features:ret"] }, "", {}, 404, "features", /Did you mean/],
    ["no form of a feature", { entities: entities(at(0)), features: ["ret_1"] }, "", {}, 422, "features", /not of the form view:feature/],
    [
      "a view of articles",
      { entities: entities(at(0)), features: ["news_sentiment:relevance"] },
      "",
      {},
      422,
      "features",
      /a row an article/,
    ],
    [
      "a feature twice",
      { entities: entities(at(0)), features: ["market_features:mid", "market_features:mid"] },
      "",
      {},
      422,
      "features",
      /named twice/,
    ],
    [
      "two of one name",
      { entities: entities(at(0)), features: ["market_features:mid", "market_technical:mid"] },
      "",
      {},
      422,
      "features",
      /full_feature_names/,
    ],
    ["an unknown format", columns({}), "?format=xlsx", {}, 422, "format", /./],
    ["an as_of that cannot be read", { ...columns({}), as_of: "yesterday" }, "", {}, 422, "as_of", /not a time/],
    ["an as_of to come", { ...columns({}), as_of: at(101) }, "", {}, 422, "as_of", /has not come yet/],
    ["a CSV without a header", "", QUERY, CSV, 422, "entities", /is empty/],
    ["a CSV with pandas' index", `,instrument,event_timestamp\n0,USD_SGD,${at(0)}\n`, QUERY, CSV, 422, 'column ""', /is no column/],
    ["a CSV column twice", "instrument,instrument,event_timestamp\n", QUERY, CSV, 422, 'column "instrument"', /twice/],
    [
      "a ragged CSV",
      `instrument,event_timestamp\nUSD_SGD,${at(0)}\nUSD_SGD\n`,
      QUERY,
      CSV,
      422,
      "line 3",
      /has 1 values where the header has 2/,
    ],
    [
      "a CSV with epoch times",
      "instrument,event_timestamp\nUSD_SGD,1750852800\n",
      QUERY,
      CSV,
      422,
      "line 2: event_timestamp",
      /is a number/,
    ],
    ["NDJSON that is none", `{"instrument":"USD_SGD","event_timestamp":"${at(0)}"}\nx`, QUERY, NDJSON, 422, "line 2", /is not JSON/],
    ["NDJSON of lists", "[1]", QUERY, NDJSON, 422, "line 1", /is no JSON object/],
    [
      "NDJSON with another key",
      `{"instrument":"USD_SGD","event_timestamp":"${at(0)}","label":1}`,
      QUERY,
      NDJSON,
      422,
      "line 1: label",
      /is no column/,
    ],
    ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x41), QUERY, CSV, 422, "entities", /UTF-8/],
    ["a cut Parquet file", parquetOf([at(0)]).slice(0, 60), QUERY, PARQUET, 422, "entities", /cannot be read/],
    ["text as Parquet", "PAR1 and no more", QUERY, {}, 422, "entities", /cannot be read/],
    [
      "Parquet times without a zone",
      parquetOf([at(0)], { is_utc: false }),
      QUERY,
      PARQUET,
      422,
      'column "event_timestamp"',
      /without a zone/,
    ],
    [
      "Parquet numbers as times",
      parquetOf([at(0)], { time: { logical_type: undefined } }),
      QUERY,
      PARQUET,
      422,
      'column "event_timestamp"',
      /is of type INT64/,
    ],
    ["a Parquet time that is null", parquetOf([at(0), ""]), QUERY, PARQUET, 422, "row 2: event_timestamp", /null is not a time/],
  ])("%s", async (_what, body, query, headers, status, field, message) => {
    const answer = await post(body, query, headers);
    expect([answer.status, answer.body.error.details.field]).toEqual([status, field]);
    expect(answer.body.error.message).toMatch(message);
    expect(answer.body.error.message.startsWith(field)).toBe(true);
  });

  it("more rows than are taken, in each form", async () => {
    const many = Array.from({ length: MAX_ENTITY_ROWS + 1 }, () => at(0));
    const csv = `instrument,event_timestamp\n${many.map((time) => `USD_SGD,${time}`).join("\n")}`;
    for (const [body, headers] of [
      [{ ...asked, entities: entities(...many) }, {}],
      [csv, CSV],
      [parquetOf(many), PARQUET],
    ] as const) {
      const { status, body: answer } = await post(body, typeof body === "object" && "entities" in body ? "" : QUERY, headers);
      expect([status, answer.error.details.field, answer.error.message]).toEqual([
        422,
        "entities",
        expect.stringContaining("more than 100000 rows"),
      ]);
    }
  });

  it("more bytes than are taken", async () => {
    const { status, body } = await post("x".repeat(MAX_ENTITY_BYTES + 1), QUERY, CSV);
    expect([status, body.error.code]).toEqual([413, "body_too_large"]);
  });

  it("more instruments than there are", async () => {
    const letters = "ABCDEFGHIJ";
    const names = Array.from(
      { length: 201 },
      (_, i) => `AAA_${letters[Math.floor(i / 100)]}${letters[Math.floor(i / 10) % 10]}${letters[i % 10]}`,
    );
    const answer = await post({ ...asked, entities: { instrument: names, event_timestamp: names.map(() => at(0)) } });
    expect([answer.status, answer.body.error.details.field]).toEqual([422, "entities.instrument[200]"]);
  });

  it("asks for the token of the installation", async () => {
    const guarded = createTestApp(ports, { admin_token: "secret" });
    expect((await guarded.call("POST", PATH, columns({}))).status).toBe(401);
    expect((await guarded.call("POST", PATH, columns({}), { authorization: "Bearer secret" })).status).toBe(200);
  });
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
    expect([answer.status, answer.body.error.details.field]).toEqual([status, field]);
  });
});
