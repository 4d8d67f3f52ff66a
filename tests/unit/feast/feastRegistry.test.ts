import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { catalogueOf, feastSettings, writeRepository } from "../../../functions/local/commands/featuresFeastRegistry.ts";
import { requestOf } from "../../../shared/contracts/route/requestOf.ts";
import { FEAST_PROJECT, type FeastCatalogue, feastRegistry } from "../../../shared/feast/feastRegistry.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { INSTRUMENTS } from "../../support/models/servingFixture.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const AT = Date.UTC(2026, 10, 30, 12);
const folder = mkdtempSync(join(tmpdir(), "fx-feast-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A message as its fields by number, each a list: integers, and bytes that are read further by those who know what they are. */
type Message = Readonly<Record<number, readonly (number | Uint8Array)[]>>;

function readMessage(bytes: Uint8Array): Message {
  const fields: Record<number, (number | Uint8Array)[]> = {};
  let at = 0;
  const varint = () => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = bytes[at++]!;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const length = tag % 8 === 2 ? varint() : null;
    const value = length === null ? varint() : bytes.subarray(at, at + length);
    at += length ?? 0;
    const field = Math.floor(tag / 8);
    fields[field] = [...(fields[field] ?? []), value];
  }
  return fields;
}
const messages = (fields: readonly (number | Uint8Array)[] = []) => fields.map((one) => readMessage(one as Uint8Array));
const textOf = (fields: readonly (number | Uint8Array)[] = []) => new TextDecoder().decode(fields[0] as Uint8Array);
const tagsOf = (fields: readonly (number | Uint8Array)[] = []) =>
  Object.fromEntries(messages(fields).map((one) => [textOf(one[1]), textOf(one[2])]));

let catalogue: FeastCatalogue;
let registry: Message;
beforeAll(async () => {
  const app = createTestApp(await createTestPorts({ now: AT, config: { instruments: INSTRUMENTS } }));
  const call = async (route: never, input: never) => {
    const { method, path } = requestOf(route, input);
    return (await app.call(method, path)).body;
  };
  catalogue = await catalogueOf({ call: call as never });
  registry = readMessage(feastRegistry(catalogue, AT));
});

describe("Feast's registry of the catalogue", () => {
  it("has the entity, the project and when it was written", () => {
    const [entity] = messages(registry[1]);
    const [spec] = messages(entity![1]);
    expect([textOf(spec![1]), spec![2], textOf(spec![4]), textOf(spec![9])]).toEqual(["instrument", [2], "instrument", FEAST_PROJECT]);
    expect(messages(registry[5])[0]![1]).toEqual([AT / 1_000]);
    expect(textOf(messages(messages(registry[17])[0]![1])[0]![1])).toBe(FEAST_PROJECT);
  });

  it("has every view with rows of instruments, with each feature as a double, its time to live and what it is", () => {
    const specs = messages(registry[6]).map((view) => messages(view[1])[0]!);
    expect(specs.map((spec) => textOf(spec[1]))).toEqual([
      ...["market_technical", "market_microstructure", "market_volatility", "market_features", "news_features", "market_liquidity"],
    ]);
    for (const [index, spec] of specs.entries()) {
      const view = catalogue.views[index]!;
      const features = messages(spec[4]);
      expect(features.map((one) => textOf(one[1]))).toEqual(view.features.map(({ name }) => name));
      expect(new Set(features.flatMap((one) => one[2]))).toEqual(new Set([5]));
      expect(tagsOf(features[0]![3])).toEqual({ unit: view.features[0]!.unit, version: String(view.features[0]!.version) });
      expect(tagsOf(spec[5])).toMatchObject({ schema_hash: view.schema_hash, ttl_counts: view.ttl_counts });
      expect(messages(spec[6])[0]![1]).toEqual([view.ttl_seconds]);
      expect([spec[8], textOf(spec[10]), textOf(spec[11])]).toEqual([[1], view.description, view.owner]);
      expect(textOf(messages(spec[7])[0]![20])).toBe(`${view.name}_rows`);
    }
  });

  it("names the source that a view is pushed by, and no other view's", () => {
    const pushed = messages(registry[6]).flatMap((view) => messages(messages(view[1])[0]![9]).map((source) => textOf(source[20])));
    expect(pushed).toEqual(["market_liquidity_push"]);
    const sources = messages(registry[12]).map((source) => [textOf(source[20]), source[1], textOf(source[21])]);
    expect(sources).toHaveLength(7);
    expect(sources.at(-1)).toEqual(["market_liquidity_push", [9], FEAST_PROJECT]);
  });

  it("has of each service what it reads of each view, in its order, and nothing that is computed on demand", () => {
    const services = messages(registry[7]).map((service) => messages(service[1])[0]!);
    expect(services.map((spec) => textOf(spec[1]))).toEqual(catalogue.services.map(({ name }) => name));
    for (const [index, spec] of services.entries()) {
      const service = catalogue.services[index]!;
      const stored = service.features.filter(({ view }) => catalogue.views.some(({ name }) => name === view));
      const told = messages(spec[3]).flatMap((projection) =>
        messages(projection[2]).map((feature) => `${textOf(projection[1])}:${textOf(feature[1])}`),
      );
      expect(told).toEqual(stored.map(({ ref }) => ref));
      expect(tagsOf(spec[4])["feature_set_hash"]).toBe(service.feature_set_hash);
    }
  });
});

describe("Feast's settings", () => {
  it("have the address, keys of version 3, and never a token", () => {
    expect(parse(feastSettings("http://127.0.0.1:8787", false))).toEqual({
      project: FEAST_PROJECT,
      provider: "local",
      registry: "registry.db",
      online_store: { type: "remote", path: "http://127.0.0.1:8787" },
      offline_store: { type: "dask" },
      entity_key_serialization_version: 3,
    });
    expect(parse(feastSettings("http://fx", true)).auth).toEqual({ type: "oidc", token_env_var: "ADMIN_TOKEN" });
  });

  it("are written beside the registry, over those from before, and a folder that cannot be is told", async () => {
    const own = join(folder, "feast");
    await writeRepository(own, Uint8Array.of(1), "old");
    await writeRepository(own, Uint8Array.of(1, 2), "new");
    expect([readFileSync(join(own, "registry.db")), readFileSync(join(own, "feature_store.yaml"), "utf8")]).toEqual([
      Buffer.of(1, 2),
      "new",
    ]);
    writeFileSync(join(folder, "file"), "");
    await expect(writeRepository(join(folder, "file"), Uint8Array.of(1), "x")).rejects.toMatchObject({
      message: /file could not be written/,
    });
    expect(existsSync(join(own, ".registry.db.partial"))).toBe(false);
  });
});
