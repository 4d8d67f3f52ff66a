import type { ComponentChildren } from "preact";
import { Switch } from "../../ui/Choice.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { chooseRange, chosenRange } from "./chosenRange.ts";
import { FiringHere } from "./FiringHere.tsx";
import { MONITORING_PAGES, type MonitoringPageName } from "./pageOfCheck.ts";
import { RANGES, textOfRange } from "./ranges.ts";
import "./monitoring.css";

/** What the four pages of the monitoring have alike: the question that each answers, the span that is looked at, and what fires. */
export function MonitoringPage({
  about,
  page,
  children,
}: {
  readonly about: ComponentChildren;
  /** Its name in the address. */
  readonly page: MonitoringPageName;
  readonly children: ComponentChildren;
}) {
  const { title } = MONITORING_PAGES[page];
  return (
    <>
      <PageHead title={title}>{about}</PageHead>
      <div class="monitoring-range">
        <span class="quiet">Curves of the last</span>
        <Switch
          label="Span of the curves"
          value={chosenRange()}
          options={RANGES.map((range) => ({ value: range, text: textOfRange(range) }))}
          onChoose={chooseRange}
        />
      </div>
      <FiringHere page={page} />
      {children}
    </>
  );
}

/** Panels that answer one question. */
export function PanelRow({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <>
      <h2 class="monitoring-row">{title}</h2>
      <div class="cards">{children}</div>
    </>
  );
}
