import type { PageName } from "./pageName.ts";

/** What an address may name on a page: whether `/ui/PAGE/ITEM/PART` is a thing of its kind. That it is there, the page itself asks. */
export type Holds = (item: string | null, part: string | null) => boolean;

const nothing: Holds = (item) => item === null;
const things: Holds = (_item, part) => part === null;
const thingsWithParts: Holds = () => true;
/** What to do about each alert: /ui/quality/runbook/ALERT. */
const runbooks: Holds = (item, part) => item === null || (item === "runbook" && part !== null);

export const HOLDS: Readonly<Record<PageName, Holds>> = {
  ...{ now: nothing, market: nothing, predictions: things, news: things },
  ...{ pipelines: thingsWithParts, features: thingsWithParts, models: thingsWithParts },
  ...{ quality: runbooks, performance: nothing, business: nothing, infrastructure: nothing },
};
