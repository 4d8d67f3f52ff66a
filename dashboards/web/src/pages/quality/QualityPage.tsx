import type { PageProps } from "../../app/pageProps.ts";
import { MonitoringPage, PanelRow } from "../monitoring/MonitoringPage.tsx";
import { PairMatrix } from "../monitoring/PairMatrix.tsx";
import { ReadingPanel } from "../monitoring/ReadingPanel.tsx";
import { RunbookPage } from "../monitoring/RunbookPage.tsx";
import { showShare } from "../monitoring/readingForm.ts";
import { DriftHistogram } from "./DriftHistogram.tsx";
import { MissingValues } from "./MissingValues.tsx";

const LAYERS = [
  { metric: "bar_age_h", text: "newest bar (bronze)" },
  { metric: "silver_age_h", text: "newest row of silver" },
  { metric: "market_features_age_h", text: "newest market features (gold)" },
  { metric: "news_features_age_h", text: "newest news features (gold)" },
  { metric: "online_age_h", text: "row that is served" },
];
const SCHEMAS = [
  { metric: "bronze_violations_24h", text: "bronze: lines refused" },
  { metric: "silver_violations_24h", text: "silver: rows not as the schema" },
  { metric: "gold_violations_24h", text: "gold: rows not as the schema" },
  { metric: "bar_gap_share_30d", text: "open hours without a bar, 30 days" },
  { metric: "newly_missing", text: "features newly missing" },
];

/** Is what the models are given fresh, whole, and as it was in training? */
export function Page({ item, part }: PageProps) {
  if (item !== null && part !== null) return <RunbookPage alert={part} />;
  return (
    <MonitoringPage
      page="quality"
      about="Whether what the models are given is fresh, whole, and as it was in training. The pipeline monitoring measures it every 15 minutes; hours are of open market where it says so."
    >
      <PanelRow title="Is it fresh?">
        <PairMatrix
          check="freshness"
          rows={LAYERS}
          title="Age of each layer, by pair"
          about="From the end of the newest row until it was measured, on its way from the source to what is served. Hours of open market, of news by the clock: over weekends nothing ages."
        />
        <ReadingPanel
          check="freshness"
          metric="bar_age_h"
          title="Newest bar (bronze)"
          about="In open market, from the end of the newest stored bar."
        />
        <ReadingPanel
          check="freshness"
          metric="silver_age_h"
          title="Newest row of silver"
          about="In open market, of the oldest of the silver views."
        />
        <ReadingPanel
          check="freshness"
          metric="market_features_age_h"
          title="Newest market features (gold)"
          about="In open market: what a model reads of prices."
        />
        <ReadingPanel
          check="freshness"
          metric="news_features_age_h"
          title="Newest news features (gold)"
          about="By the clock: news knows no weekend."
        />
        <ReadingPanel
          check="freshness"
          metric="online_age_h"
          title="Row that is served"
          about="In open market, of the row in the online store, which /predict reads."
        />
        <ReadingPanel
          check="freshness"
          metric="pipeline_age_h"
          title="Since a pipeline last succeeded"
          about="In open market, from the end of the interval of its newest run that succeeded."
        />
        <ReadingPanel
          check="freshness"
          metric="news_source_age_h"
          title="Since a source of news answered well"
          about="By the clock, of any of its feeds. A source that has never answered is not known."
        />
        <ReadingPanel
          check="quality"
          metric="failing_feeds"
          title="Feeds that failed when last asked"
          about="By source, with what each failed feed answered. One failure is a hiccup; silence is judged beside."
        />
      </PanelRow>
      <PanelRow title="Is it whole?">
        <PairMatrix
          check="quality"
          rows={SCHEMAS}
          title="Schema and gaps, by layer and pair"
          about="Rows of the last 24 hours that are not as their layer's schema has them. Bronze is refused before it is stored; what is stored in silver and gold was checked when it was written, so that one such row came from elsewhere."
        />
        <ReadingPanel
          check="quality"
          metric="silver_violations_24h"
          kind="history"
          title="Schema of silver over time"
          about="Stored rows of 24 hours that are not as the silver views have them: a cell a moment and pair."
        />
        <ReadingPanel
          check="quality"
          metric="gold_violations_24h"
          kind="history"
          title="Schema of gold over time"
          about="The same of the rows that models read."
        />
        <ReadingPanel
          check="quality"
          metric="bar_gap_share_30d"
          title="Gaps against the trading calendar"
          about="Share of the open hours of 30 days without a bar, since the first bar that is stored. The table names the hours."
        />
        <ReadingPanel
          check="infrastructure"
          metric="bronze_reject_share_24h"
          title="Candles refused"
          about="Share of the lines of candles of 24 hours that are no bar."
        />
        <ReadingPanel
          check="quality"
          metric="bronze_violations_24h"
          title="Refused by pair (bronze)"
          about="Lines of 24 hours that are not as the schema of candles has them, by reason in the table."
        />
        <ReadingPanel
          check="quality"
          metric="rejects_24h"
          title="Refused by reason"
          about="Lines of candles of 24 hours, of all pairs."
          fills="As far as it is measured, no line of candles was refused in 24 hours: a reason is named here when one is. GET /api/rejects has the lines."
        />
        <ReadingPanel
          check="quality"
          metric="lexicon_share_24h"
          show={showShare}
          title="Articles that the lexicon read"
          about="Share of the articles of 24 hours that the lexicon read in place of the model, or since none is configured."
          fills="No article was read yet."
        />
      </PanelRow>
      <PanelRow title="Which values are missing?">
        <MissingValues />
        <ReadingPanel
          check="drift"
          metric="missing_rise"
          title="Missing more than in training"
          about="Of the feature in which the missing share rose most, over four weeks."
          fills="It is measured once a model is in Production."
        />
        <ReadingPanel
          check="quality"
          metric="newly_missing"
          title="Features newly missing"
          about="Missing in a prediction of the last 24 hours and never in the training set; the table has their names."
          fills="It is measured once a model has predicted."
        />
      </PanelRow>
      <PanelRow title="Is it as in training?">
        <DriftHistogram />
        <ReadingPanel
          check="drift"
          metric="psi_median"
          title="Drift of the median feature"
          about="Population stability index of four weeks against the training set's deciles. Below two weeks of rows it is not known: on few rows a large index is no drift."
          fills="It is measured once a model is in Production."
        />
        <ReadingPanel
          check="drift"
          metric="psi_excess"
          title="Worst feature over what is usual of it"
          about="The worst feature's PSI over what earlier four weeks of its training set make usual. Not known where the training set holds too few of them."
          fills="It is measured once a model is in Production."
        />
        <ReadingPanel
          check="drift"
          metric="kl_median"
          title="Divergence of the median feature (nats)"
          about="Kullback-Leibler divergence from the training set."
          fills="It is measured once a model is in Production."
        />
      </PanelRow>
    </MonitoringPage>
  );
}
