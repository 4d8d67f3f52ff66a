import type { WEB_PAGES } from "../../../../shared/contracts/webPage.ts";

export type PageName = (typeof WEB_PAGES)[number];
