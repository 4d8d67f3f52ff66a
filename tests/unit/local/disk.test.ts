import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { diskError } from "../../../functions/local/stack/diskError.ts";
import { makeFolders } from "../../../functions/local/stack/makeFolders.ts";
import { openStore } from "../../../functions/local/stack/store.ts";
import { writeWhole } from "../../../functions/local/stack/writeWhole.ts";
import { writeAtomic } from "../../../gpu-sidecar/writeAtomic.ts";
import { AppError } from "../../../shared/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "fx-disk-"));
const tiny = join(folder, "tiny");
mkdirSync(tiny);
const is_mounted = mountTiny();
afterAll(() => {
  if (is_mounted) execFileSync("umount", [tiny]);
  rmSync(folder, { recursive: true, force: true });
});

/** A disk of 128 KiB: root may mount one, others skip what needs it. */
function mountTiny(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", tiny], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const BIG = "x".repeat(256 * 1024);

describe.skipIf(!is_mounted)("a disk that is full", () => {
  it("leaves what was there, nothing half written, and a sentence with folder and remedy", () => {
    const path = join(tiny, "run.json");
    writeWhole(path, "before");
    expect(() => writeWhole(path, BIG)).toThrow(/tiny cannot be written to \(ENOSPC\): its disk is full: free space there/);
    expect([readFileSync(path, "utf8"), readdirSync(tiny)]).toEqual(["before", ["run.json"]]);
  });

  it("makes no store of half a file, so that the next start can", () => {
    const store = join(tiny, "store");
    mkdirSync(join(store, "logs"), { recursive: true });
    fillUp();
    expect(() => openStore(store, "sandbox")).toThrow(AppError);
    expect(existsSync(join(store, "store.json"))).toBe(false);
    rmSync(join(tiny, "fill"));
    expect(openStore(store, "sandbox").market).toBe("sandbox");
  });

  it("leaves nothing of the sidecar's either", async () => {
    const path = join(tiny, "job.json");
    await writeAtomic(path, "before");
    await expect(writeAtomic(path, BIG)).rejects.toMatchObject({ code: "ENOSPC" });
    expect(readFileSync(path, "utf8")).toBe("before");
    expect(readdirSync(tiny).filter((name) => name.startsWith("job.json"))).toEqual(["job.json"]);
  });

  function fillUp(): void {
    try {
      writeFileSync(join(tiny, "fill"), BIG);
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe("ENOSPC");
    }
  }
});

describe("what a disk refuses", () => {
  it.each(["ENOSPC", "EDQUOT", "EROFS", "EIO", "EFBIG"])("%s names the folder", (code) => {
    const error = diskError(Object.assign(new Error("no"), { code }), "/data/lake/market");
    expect(error).toMatchObject({
      code: "store_unavailable",
      message: expect.stringMatching(/^\/data\/lake\/market cannot be written to \(E/),
    });
  });

  it("other errors stay what they are", () => {
    const error = Object.assign(new Error("no"), { code: "ENOENT" });
    expect(diskError(error, "/data")).toBe(error);
  });
});

describe("folders", () => {
  it("are made with those above them, once", () => {
    const path = join(folder, "a", "b", "c");
    makeFolders(path);
    makeFolders(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it("a file in the way is an error", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => makeFolders(join(folder, "file", "inner"))).toThrow(/ENOTDIR|EEXIST/);
  });

  it.skipIf(!existsSync("/proc/self"))("where none can be made, a store is refused in a sentence and nothing hangs", () => {
    expect(() => openStore("/proc/fx-medallion-nothing", "sandbox")).toThrow(
      /^The folder \/proc\/fx-medallion-nothing cannot be written to \(ENOENT\)/,
    );
  });
});
