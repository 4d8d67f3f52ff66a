import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";
import { type KeyedStack, startKeyedStack } from "./keyedStack.ts";

const KEY = "the-token-of-this-test";
const WRONG = "not-the-token";
/** The page that asks for most at once. */
const PAGE = "/ui/quality";
const STORED = "JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])";

/** What the pages do on a server that wants a key; it is one of its own. */
export function describeKeys({ browser }: { readonly browser: () => Browser }): void {
  describe("on a server that wants a key", () => {
    let stack: KeyedStack;
    let context: BrowserContext;
    let page: Page;
    /** What was answered with 401, and the key that each was sent with. */
    let refused: (string | undefined)[];
    let visitors = 0;
    beforeAll(async () => {
      stack = await startKeyedStack(KEY);
    }, TIME_LIMIT_MS);
    afterAll(() => stack?.stop(), TIME_LIMIT_MS);
    beforeEach(async () => {
      refused = [];
      // Each from an address of its own, as a proxy in front would tell it.
      context = await browser().newContext({ extraHTTPHeaders: { "x-forwarded-for": `203.0.113.${++visitors}` } });
      page = await context.newPage();
      page.on("response", async (response) => {
        if (response.status() === 401) refused.push(keyOf(response.request()));
      });
    });
    afterEach(() => context.close());

    const dialog = () => page.getByRole("dialog", { name: "This server wants a key" });
    const give = async (key: string) => {
      await dialog().getByLabel("Key").fill(key);
      await dialog().getByRole("button", { name: "Use it" }).click();
    };
    /** The header says what the store holds, which it is told with a key alone. */
    const untilAnswered = () => page.getByText(/^(empty store|real market)$/).waitFor();
    const stored = () => page.evaluate<string>(STORED);

    it(
      "one request finds out, a key makes all be answered, and it is kept for the tab alone",
      async () => {
        await page.goto(stack.url + PAGE);
        await dialog().waitFor();
        await page.locator("main .failed").first().waitFor();
        expect(refused).toEqual([undefined]);
        await give(`  ${KEY} `);
        await dialog().waitFor({ state: "hidden" });
        await page.locator("main .failed").first().waitFor({ state: "detached" });
        await untilAnswered();
        expect(await stored()).toBe(JSON.stringify([{ "fx-key": KEY }, {}, ""]));
        await page.goto(`${stack.url}/ui/pipelines`);
        await page.getByText("market_feature_pipeline").first().waitFor();
        expect([await dialog().count(), refused]).toEqual([0, [undefined]]);
        const other = await context.newPage();
        await other.goto(stack.url + PAGE);
        await other.getByRole("dialog", { name: "This server wants a key" }).waitFor();
      },
      TIME_LIMIT_MS,
    );

    it(
      "a wrong key is told and not kept, one that cannot be sent is not sent, and the right one is taken behind them",
      async () => {
        await page.goto(stack.url + PAGE);
        await dialog().waitFor();
        await give("schlüssel");
        await dialog().getByText("(U+00FC)").waitFor();
        expect(refused).toEqual([undefined]);
        await give(WRONG);
        await dialog().getByText("The server does not take this key").waitFor();
        expect([refused, await stored()]).toEqual([[undefined, `Bearer ${WRONG}`], JSON.stringify([{}, {}, ""])]);
        await give(KEY);
        await dialog().waitFor({ state: "hidden" });
        await untilAnswered();
      },
      TIME_LIMIT_MS,
    );

    it(
      "who goes on without is asked no more in this tab, by a former key neither, until they want to give one",
      async () => {
        await page.addInitScript(
          `sessionStorage.getItem("seen") ?? (sessionStorage.setItem("seen", ""), sessionStorage.setItem("fx-key", "${WRONG}"))`,
        );
        await page.goto(stack.url + PAGE);
        await dialog().waitFor();
        await page.locator("main .failed").first().waitFor();
        expect(refused).toEqual([`Bearer ${WRONG}`]);
        await dialog().getByRole("button", { name: "Go on without" }).click();
        await dialog().waitFor({ state: "hidden" });
        await page.reload();
        await page.locator("main .failed").first().waitFor();
        expect([await dialog().count(), refused]).toEqual([0, [`Bearer ${WRONG}`, undefined]]);
        await page.getByRole("button", { name: "use a key" }).click();
        await give(KEY);
        await untilAnswered();
      },
      TIME_LIMIT_MS,
    );
  });
}

function keyOf(request: Request): string | undefined {
  return request.headers()["authorization"];
}
