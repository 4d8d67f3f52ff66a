import { useAnswer } from "../../api/useAnswer.ts";
import type { PageProps } from "../../app/pageProps.ts";
import { place, setQuery } from "../../state/address.ts";
import { chosen, chosenMoment, instrument } from "../../state/choices.ts";
import { notices } from "../../state/notices.ts";
import { now } from "../../state/now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { ArticleList } from "./ArticleList.tsx";
import { ArticleOne } from "./ArticleOne.tsx";
import { engineSentence } from "./directionText.ts";
import { currenciesOf, filterArticles } from "./filterArticles.ts";
import { NewsChart } from "./NewsChart.tsx";
import { NewsFilter, type NewsQuery } from "./NewsFilter.tsx";
import { Sources } from "./Sources.tsx";
import { type NewsSpan, spanOf } from "./spanOf.ts";
import "./news.css";

const DAYS = ["1", "3", "7", "31"] as const;
const RELEVANT = ["traded", "all"] as const;
const ENGINES = ["fingpt", "lexicon", "none"] as const;
const MOST = 1_000;
const REFRESH_MS = 2 * 60_000;

/** What was written, when it could be known, how it was read, and which way it points each currency. */
export function Page({ item }: PageProps) {
  return item === null ? <Read /> : <ArticleOne article_id={item} />;
}

function Read() {
  const days = chosen("days", DAYS, "7");
  const span = spanOf({ from: chosenMoment("from"), to: chosenMoment("to"), days: Number(days) }, now.value);
  if (span.problem !== null) notices.warn("news-span", span.problem);
  const relevant = chosen("relevant", RELEVANT, "traded");
  const iso = (at: number) => new Date(at).toISOString();
  const answer = useAnswer(
    "GET /api/news/articles",
    {
      query: {
        ...{ since: iso(span.from), limit: MOST, relevant: relevant === "traded" ? "true" : "false" },
        ...(span.to === null ? {} : { until: iso(span.to) }),
      },
    },
    { refresh_ms: span.to === null ? REFRESH_MS : null },
  );
  const sources = useAnswer("GET /api/news/sources");
  return (
    <>
      <PageHead title="News">
        What was written, when it could first be known, how it was read, and which way it points each currency. Nothing that is made of an
        article stands in a row of an earlier hour.
      </PageHead>
      <p class="news-rule">
        <strong>Positive means that the Singapore dollar strengthens, and so that USD_SGD falls.</strong> That is what{" "}
        <code>sgd_directional_signal</code> says in every row, answer and chart. The direction of any other currency is read alike:
        positive, that currency strengthens.
      </p>
      <div class="news-cards">
        <Answered answer={answer} height={500}>
          {(data) => (
            <Articles data={data} span={span} days={days} relevant={relevant} known={sources.data?.sources.map(({ id }) => id) ?? []} />
          )}
        </Answered>
        <Sources answer={sources} />
      </div>
    </>
  );
}

function Articles({
  data: { articles, total_entries },
  span,
  days,
  relevant,
  known,
}: {
  readonly data: NonNullable<ReturnType<typeof useAnswer<"GET /api/news/articles">>["data"]>;
  readonly span: NewsSpan;
  readonly days: (typeof DAYS)[number];
  readonly relevant: (typeof RELEVANT)[number];
  readonly known: readonly string[];
}) {
  const sources = [...new Set([...known, ...articles.map(({ source }) => source)])];
  const currencies = currenciesOf(articles);
  const asked = place.value.query.get("currency");
  const legs = instrument.value === "" ? [] : instrument.value.split("_");
  const query: NewsQuery = {
    words: place.value.query.get("q") ?? "",
    source: chosen("source", sources, ""),
    engine: chosen<string>("engine", ENGINES, ""),
    // One that is in no article of this span is a currency all the same.
    currency: asked !== null && /^[A-Z]{3}$/.test(asked) ? asked : chosen("currency", currencies, ""),
  };
  const found = filterArticles(articles, { ...query, legs });
  const engines = engineSentence(found);
  return (
    <Card title={`Articles (${found.length}${found.length === total_entries ? "" : ` of ${total_entries}`})`} is_wide>
      <NewsFilter
        query={query}
        days={days}
        all_days={DAYS}
        relevant={relevant}
        span={span}
        sources={sources}
        currencies={[...new Set([...(query.currency === "" ? [] : [query.currency]), ...currencies])]}
      />
      {legs.length > 0 && (
        <p class="quiet">
          Of {instrument.value} alone, as the header says: articles about {legs.join(" or ")}.
        </p>
      )}
      {total_entries > articles.length && (
        <p class="news-note">
          The newest {articles.length} of {total_entries} are looked through: choose a shorter span for the others.
        </p>
      )}
      {engines !== null && <p>{engines}</p>}
      <NewsChart
        articles={found}
        span={span}
        currencies={query.currency !== "" ? [query.currency] : legs.length > 0 ? legs : currencies.slice(0, 6)}
      />
      <ArticleList
        articles={found}
        empty={
          articles.length === 0 ? (
            "No article became known in this span. data_collection asks the sources below every ten minutes; fx import news takes files."
          ) : (
            <>
              No article fits all of that.{" "}
              <button
                type="button"
                class="button button-small"
                onClick={() => setQuery({ q: null, source: null, engine: null, currency: null, instrument: null })}
              >
                Show all
              </button>
            </>
          )
        }
      />
    </Card>
  );
}
