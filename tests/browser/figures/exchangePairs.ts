import type { Page } from "playwright-core";
import { modelNameOf } from "../../../shared/models/modelName.ts";

/** Has the page get one pair's answers wherever it asks for the other's, as if the server took them for each other. */
export async function exchangePairs(page: Page, one: string, other: string): Promise<void> {
  const exchange = exchanging([one, other], [modelNameOf(one as never), modelNameOf(other as never)]);
  await page.route(/\/(api|predictions|get-)/, async (route) => {
    const request = route.request();
    const body = request.postData();
    const response = await route.fetch({ url: exchange(request.url()), ...(body === null ? {} : { postData: exchange(body) }) });
    await route.fulfill({ response, body: exchange(await response.text()) });
  });
}

function exchanging(...both: readonly (readonly [string, string])[]): (text: string) => string {
  const names = new Map(both.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]));
  const any = new RegExp([...names.keys()].join("|"), "g");
  return (text) => text.replaceAll(any, (name) => names.get(name)!);
}
