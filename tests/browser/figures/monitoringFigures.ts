import { bytesOf } from "../../../dashboards/web/src/format/number.ts";
import { showOf } from "../../../dashboards/web/src/pages/monitoring/readingForm.ts";
import { cellText, marked, partOf, textOf } from "./figurePlaces.ts";
import type { FigureSources } from "./figureSources.ts";
import type { PageFigure, PageOfFigures } from "./pageFigure.ts";

/** Data quality and Infrastructure. */
export function monitoringFigures(sources: FigureSources): readonly PageOfFigures[] {
  const { pair } = sources;
  return [
    { address: `/ui/quality?instrument=${pair}`, figures: [freshness(sources), drift(sources)] },
    { address: "/ui/infrastructure", figures: [databaseSize(sources)] },
  ];
}

interface Reading {
  readonly metric: string;
  readonly unit: string;
  readonly value: number;
}

function reading({ ask, row, pair }: FigureSources, check: string, metric: string, unit: string): Pick<PageFigure, "answered" | "stored"> {
  return {
    answered: async () => {
      const { readings } = await ask<{ readings: Reading[] }>("GET", `/api/monitoring/readings?check=${check}&subject=${pair}`);
      return showOf(unit)(readings.find((one) => one.metric === metric)!.value);
    },
    stored: async () => {
      const found = await row(
        `SELECT value FROM monitor_readings WHERE "check" = :check AND subject = :pair AND metric = :metric ORDER BY measured_at DESC LIMIT 1`,
        { check, metric, pair },
      );
      return showOf(unit)(Number(found["value"]));
    },
  };
}

function freshness(sources: FigureSources): PageFigure {
  return {
    name: "quality: age of the newest bar",
    // A sign of the state stands before it.
    shown: async (page) =>
      partOf(await cellText(page, "Age of each layer, by pair: readings", "newest bar (bronze)", sources.pair), /([\d.]+ h)/),
    ...reading(sources, "freshness", "bar_age_h", "market hours"),
  };
}

function drift(sources: FigureSources): PageFigure {
  return {
    name: "quality: drift of the median feature",
    shown: (page) => {
      const panel = page.getByRole("region", { name: "Drift of the median feature", exact: true });
      return textOf(panel.getByRole("list", { name: "Now" }).getByRole("listitem").filter({ hasText: sources.pair }).locator("strong"));
    },
    ...reading(sources, "drift", "psi_median", "PSI"),
  };
}

/** The file grows while it is looked at, and the page shows it to a tenth of a megabyte. */
function databaseSize({ row, metrics }: FigureSources): PageFigure {
  return {
    name: "infrastructure: size of the database",
    shown: (page) => marked(page.getByRole("region", { name: "Size of the database", exact: true }), "libSQL"),
    answered: async () => bytesOf(Number(partOf(await metrics(), /^fx_database_size_bytes (\S+)$/m))),
    stored: async () =>
      bytesOf(Number((await row("SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()"))["bytes"])),
  };
}
