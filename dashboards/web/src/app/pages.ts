import type { FunctionComponent } from "preact";
import { MONITORING_PAGES } from "../pages/monitoring/pageOfCheck.ts";
import type { PageName } from "./pageName.ts";
import type { PageProps } from "./pageProps.ts";

export interface PageModule {
  readonly Page: FunctionComponent<PageProps>;
}

export interface PageEntry {
  readonly title: string;
  /** Under which heading of the rail it stands. */
  readonly group: "Trading" | "Work" | "Monitoring";
  readonly load: () => Promise<PageModule>;
}

/** The pages in the order of the rail: a line a page, which is loaded when it is looked at first. */
export const PAGES: Readonly<Record<PageName, PageEntry>> = {
  now: { title: "Now", group: "Trading", load: () => import("../pages/now/NowPage.tsx") },
  market: { title: "Market", group: "Trading", load: () => import("../pages/market/MarketPage.tsx") },
  predictions: {
    title: "Predictions",
    group: "Trading",
    load: () => import("../pages/predictions/PredictionsPage.tsx"),
  },
  news: { title: "News", group: "Trading", load: () => import("../pages/news/NewsPage.tsx") },
  pipelines: { title: "Pipelines", group: "Work", load: () => import("../pages/pipelines/PipelinesPage.tsx") },
  features: { title: "Features", group: "Work", load: () => import("../pages/features/FeaturesPage.tsx") },
  models: { title: "Models", group: "Work", load: () => import("../pages/models/ModelsPage.tsx") },
  quality: { title: MONITORING_PAGES.quality.title, group: "Monitoring", load: () => import("../pages/quality/QualityPage.tsx") },
  performance: {
    title: MONITORING_PAGES.performance.title,
    group: "Monitoring",
    load: () => import("../pages/performance/PerformancePage.tsx"),
  },
  business: { title: MONITORING_PAGES.business.title, group: "Monitoring", load: () => import("../pages/business/BusinessPage.tsx") },
  infrastructure: {
    title: MONITORING_PAGES.infrastructure.title,
    group: "Monitoring",
    load: () => import("../pages/infrastructure/InfrastructurePage.tsx"),
  },
};
