import type { Check } from "./useReadings.ts";

interface About {
  readonly title: string;
  /** Whose alerts stand at its top. */
  readonly checks: readonly Check[];
}

export type MonitoringPageName = "quality" | "performance" | "business" | "infrastructure";

/** The pages of the monitoring, and what each looks at. */
export const MONITORING_PAGES: Readonly<Record<MonitoringPageName, About>> = {
  quality: { title: "Data quality", checks: ["freshness", "quality", "features", "drift"] },
  performance: { title: "Model performance", checks: ["performance", "drift"] },
  business: { title: "Business", checks: ["business"] },
  infrastructure: { title: "Infrastructure", checks: ["infrastructure"] },
};

const NAMES = Object.keys(MONITORING_PAGES) as MonitoringPageName[];

/** Where a check is looked at: the first page that shows it. */
export function pageOfCheck(check: Check): MonitoringPageName {
  return NAMES.find((page) => MONITORING_PAGES[page].checks.includes(check))!;
}
