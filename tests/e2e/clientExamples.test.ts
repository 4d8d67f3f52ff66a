import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createPredictionLog } from "../../functions/adapters/libsql/serving/predictionLog.ts";
import { sha256Hex } from "../../shared/domain/hash.ts";
import { HOUR, MINUTE, toIso } from "../../shared/domain/instant.ts";
import { serveApp } from "../support/api/serveApp.ts";
import { createTestApp } from "../support/api/testApp.ts";
import { servedAnswer } from "../support/models/monitorFixture.ts";
import { ready } from "../support/models/servingFixture.ts";
import { createTestPorts } from "../support/ports/testPorts.ts";
import { findChromium } from "../support/stack/findChromium.ts";
import { freePort } from "../support/stack/freePort.ts";
import { pageScript } from "../support/stack/pageScript.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** The examples of docs/clients.md as they stand there, and the page of /docs, on an app that asks for keys. */

const NOON = Date.UTC(2025, 5, 25, 12);
const KEY = "fx_of_a_page";
const PYTHON = process.env["FX_TEST_PYTHON"] ?? "python3";
const BROWSER = findChromium();
if (BROWSER === undefined) console.warn("SKIPPED: no Chromium is here (FX_TEST_CHROMIUM names one), so that no page is opened.");

function hasHttpx(): boolean {
  try {
    execFileSync(PYTHON, ["-c", "import httpx"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`SKIPPED: ${PYTHON} lacks httpx, so that the Python of docs/clients.md is not run.`);
    return false;
  }
}

let served: Awaited<ReturnType<typeof serveApp>>;
let other: Server;
let origin: string;
let is_leaving = false;
beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const ports = await createTestPorts({ now: NOON + 20 * MINUTE });
  await ready(ports, NOON);
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const key = { name: "page", sha256: sha256Hex(KEY), scopes: ["predict", "read", "write"] as const, created_at: toIso(NOON - HOUR) };
  const log = createPredictionLog(ports.database);
  // Those that are over are on a later page than the first.
  await log.append([6, 5, 4, 3].map((hours) => servedAnswer(NOON - hours * HOUR, 0.6)));
  const app = createTestApp(ports, {
    api_keys: [{ ...key, scopes: [...key.scopes], expires_at: null, revoked_at: null }],
    cors_origins: origin,
    record: (record) => log.append([record]),
    sleep: async (ms) => void (await sleep(ms, undefined, { ref: false })),
    is_leaving: () => is_leaving,
  });
  served = await serveApp(app);
  const page = pageScript("A page", served.url, { page: "clients", language: "html" });
  other = createServer((_request, response) => response.setHeader("content-type", "text/html").end(page)).listen(port, "127.0.0.1");
}, TIME_LIMIT_MS);
afterAll(() => {
  is_leaving = true;
  served?.stop();
  other?.close();
});

describe.skipIf(!hasHttpx())("the Python of docs/clients.md", () => {
  it(
    "predicts, explains, reports and lists, and is told what is refused",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "fx-python-"));
      try {
        writeFileSync(join(folder, "script.py"), pageScript("Python", served.url, { page: "clients" }));
        const { stdout } = await promisify(execFile)(PYTHON, [join(folder, "script.py")], { env: { ...process.env, FX_KEY: KEY } });
        const [first, ...lines] = stdout.trim().split("\n");
        expect(first).toMatch(/^0\.\d{4} (bullish|bearish), skill \w+; most by ret_1$/);
        expect(lines).toEqual([
          expect.stringMatching(/^\['(bullish|bearish)', 'unknown_instrument'\]$/),
          "404 unknown_instrument instrument",
          "bullish True",
          "409 feedback_contradicts",
          "USD_SGD",
        ]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    TIME_LIMIT_MS,
  );
});

describe.skipIf(BROWSER === undefined)("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: BROWSER! });
  }, TIME_LIMIT_MS);
  afterAll(() => browser?.close());

  /** What the page complains of: errors, and whatever its policy has kept from it. */
  async function open(url: string): Promise<{ readonly page: Page; readonly complaints: string[] }> {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!/^(data:|http:\/\/127\.0\.0\.1:)/.test(request.url())) complaints.push(`asks ${request.url()}`);
    });
    await page.goto(url);
    return { page, complaints };
  }

  it(
    "the page of docs/clients.md asks and follows from another origin, with a key",
    async () => {
      const { page, complaints } = await open(origin);
      await page.click("#ask");
      await page.locator("#answer", { hasText: "forbidden" }).waitFor();
      expect(complaints.splice(0)).toEqual([expect.stringContaining("401")]);
      await page.fill("#key", KEY);
      await page.click("#ask");
      await page.waitForSelector("#events li");
      expect(await page.textContent("#answer")).toMatch(/^(bullish|bearish) 0\.\d{4} \(skill: \w+\)$/);
      expect([await page.textContent("#events li"), complaints]).toEqual([toIso(NOON), []]);
      await page.close();
    },
    TIME_LIMIT_MS,
  );

  it(
    "the page of /docs tries a route with the key that is put into it, and its policy keeps nothing from it",
    async () => {
      const { page, complaints } = await open(`${served.url}/docs`);
      await page.fill("#key-text", KEY);
      await page.locator("#operations-tag-predict").click({ timeout: TIME_LIMIT_MS });
      await page.click("#key button");
      await page.click("#operations-predict-predict .opblock-summary");
      await page.click("#operations-predict-predict .execute");
      const answer = await page.textContent("#operations-predict-predict .live-responses-table .response-col_description pre", {
        timeout: TIME_LIMIT_MS,
      });
      expect(JSON.parse(answer!)).toMatchObject({ instrument: "USD_SGD", model_version: "fx-usdsgd-predictor/1" });
      expect(complaints).toEqual([]);
      await page.close();
    },
    TIME_LIMIT_MS,
  );
});
