import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { featuresExportCommand, renderExport, saveExport } from "../../../functions/local/commands/featuresExport.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";

const folder = mkdtempSync(join(tmpdir(), "fx-export-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SPAN = { from: "2025-01-01T00:00:00Z", to: "2025-06-30T00:00:00Z" };
const run = (values: Record<string, string>, file = "out.parquet") =>
  featuresExportCommand.run({ cwd: folder } as never, { values, positionals: [file] });

describe("fx features export", () => {
  it("writes what comes, and says what it is and how to have it again", async () => {
    const headers = { "x-fx-rows": "2", "x-fx-as-of": "2025-07-01T00:00:00.000Z", "x-fx-feature-set-hash": "abc" };
    const file = join(folder, "out.csv");
    const exported = await saveExport(new Response("instrument\nUSD_SGD\n", { headers }), file);
    expect(readFileSync(file, "utf8")).toBe("instrument\nUSD_SGD\n");
    expect(exported).toEqual({
      ...{ file, rows: 2, bytes: 19, as_of: "2025-07-01T00:00:00.000Z", feature_set_hash: "abc" },
      sha256: sha256Hex("instrument\nUSD_SGD\n"),
    });
    expect(renderExport(exported)).toMatch(
      /^2 rows, 19 bytes: .*\n {2}SHA-256 [0-9a-f]{64}\n {2}the same again: --as-of 2025-07-01T00:00:00.000Z$/,
    );
  });

  it("leaves nothing of an answer that breaks off", async () => {
    const file = join(folder, "broken.parquet");
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new Uint8Array(8));
        controller.error(new Error("the stack has gone"));
      },
    });
    await expect(saveExport(new Response(body), file)).rejects.toThrow(/broken\.parquet could not be written: the stack has gone/);
    expect([existsSync(file), existsSync(`${file}.partial`)]).toEqual([false, false]);
  });

  it("says of a full disk what to do", async () => {
    const full = Object.assign(new Error("write"), { code: "ENOSPC" });
    const body = new ReadableStream({ start: (controller) => controller.error(full) });
    await expect(saveExport(new Response(body), join(folder, "full.csv"))).rejects.toThrow(/\(ENOSPC\): its disk is full: free space/);
  });

  it.each<[Record<string, string>, string, RegExp]>([
    [{ service: "s", from: SPAN.from }, "out.parquet", /Give --from and --to/],
    [SPAN, "out.parquet", /either --service or --features/],
    [{ ...SPAN, service: "s", features: "v:f" }, "out.parquet", /either --service or --features/],
    [{ ...SPAN, service: "s" }, "out.xlsx", /ends in none of \.ndjson, \.csv, \.parquet/],
    [{ ...SPAN, service: "s", instruments: "usd" }, "out.csv", /"usd" is not a pair/],
    [{ ...SPAN, service: "s", "as-of": "now" }, "out.csv", /--as-of: "now" is not a time/],
  ])("%j into %s cannot be understood", async (values, file, message) => {
    await expect(run(values, file)).rejects.toThrow(message);
  });
});
