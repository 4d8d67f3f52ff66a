import { parquetReadObjects } from "hyparquet";
import { beforeEach, describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { at, createHistory, entities, linesOf, NOON, PATH, parquetOf, REFS } from "../../support/api/historyFixture.ts";
import type { TestApp } from "../../support/api/testApp.ts";
import { addModel, addRows, goldRow } from "../../support/models/servingFixture.ts";
import type { TestPorts } from "../../support/ports/testPorts.ts";

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ({ ports, app } = await createHistory());
});

const post = (body: unknown, query = "", headers: Record<string, string> = {}) => app.call("POST", `${PATH}${query}`, body, headers);

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
