import type { AnswerAt } from "../../api/ask.ts";
import { AskError } from "../../api/askError.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { numberOf, percentOf } from "../../format/number.ts";
import { durationOf } from "../../format/time.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Figure } from "../../ui/Figure.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { Direction } from "./Direction.tsx";
import { ENGINES, sgdSentence } from "./directionText.ts";
import { safeLink } from "./safeLink.ts";

type Article = AnswerAt<"GET /api/news/articles/{article_id}">;
type Reading = NonNullable<Article["reading"]>;

const HOUR = 3_600_000;

/** One article: when it could be known, what was read of it, and what the reading says. */
export function ArticleOne({ article_id }: { readonly article_id: string }) {
  const answer = useAnswer("GET /api/news/articles/{article_id}", { params: { article_id } }, { refresh_ms: null });
  if (answer.data === undefined && answer.error instanceof AskError && answer.error.status === 404)
    return (
      <Missing title="There is no such article" back={{ href: hrefOf("news"), text: "All articles" }}>
        {answer.error.message}
      </Missing>
    );
  return (
    <Answered answer={answer} height={400}>
      {(article) => (
        <>
          <PageHead title={article.title || "(no headline)"}>
            {article.source.replaceAll("_", " ")}, known since <Time at={article.available_at} with_age />
          </PageHead>
          <p>
            <a href={hrefOf("news")}>All articles</a> <Original url={article.url} />
          </p>
          <div class="news-cards">
            <Known article={article} />
            {article.reading === null ? (
              <Card title="How it was read" is_wide>
                <p>
                  {article.is_relevant
                    ? "It has not been read yet: news_feature_pipeline reads what is about the traded currencies every thirty minutes."
                    : "It was not read: it is not about the traded currencies."}
                </p>
              </Card>
            ) : (
              <ReadAs reading={article.reading} />
            )}
            <Card title="What was read" is_wide>
              <p class="quiet">
                {TEXTS[article.text_source] ?? article.text_source} {ACCESS[article.access] ?? article.access}
              </p>
              {article.text === "" ? <p class="empty">Nothing but the headline.</p> : <p class="news-text">{article.text}</p>}
              <p class="quiet">Matched terms: {article.matched_terms.join(", ") || "none"}.</p>
            </Card>
          </div>
        </>
      )}
    </Answered>
  );
}

const TEXTS: Readonly<Record<string, string>> = {
  page: "The text of its page.",
  feed: "The text that the feed itself has.",
  summary: "The summary that the feed has.",
  title: "The headline alone.",
};

const ACCESS: Readonly<Record<string, string>> = {
  open: "The page could be read.",
  paywall: "The page is behind a paywall, which is respected.",
  robots_refused: "The site's robots.txt refuses its page, which is respected.",
  fetch_failed: "Its page could not be fetched.",
  not_fetched: "Its page was not asked for.",
};

function Original({ url }: { readonly url: string | null }) {
  const href = safeLink(url);
  if (url === null) return <span class="quiet"> · it has no address of its own</span>;
  if (href === null)
    return (
      <span class="quiet">
        {" "}
        · its address is no page of the web: <code>{url}</code>
      </span>
    );
  return (
    <>
      {" · "}
      <a href={href} target="_blank" rel="noopener noreferrer">
        the original
      </a>
    </>
  );
}

function Known({ article }: { readonly article: Article }) {
  const { published_at, published_raw, published_problem, first_seen_at, available_at, relevance, language } = article;
  const delay = published_at === null ? null : Date.parse(available_at) - Date.parse(published_at);
  const row_at = Math.ceil(Date.parse(available_at) / HOUR) * HOUR;
  return (
    <Card title="When it could be known" is_wide>
      <div class="figures">
        <Figure
          name="published"
          note={published_at === null ? (published_problem ?? "the source gave no date") : `as ${published_raw ?? "dated"}`}
        >
          {published_at === null ? (published_raw ?? "not dated") : <Time at={published_at} />}
        </Figure>
        <Figure name="first seen here">
          <Time at={first_seen_at} />
        </Figure>
        <Figure name="known since" note={delay === null ? "when it was first seen" : `${durationOf(delay)} after it was published`}>
          <Time at={available_at} />
        </Figure>
        <Figure name="relevance" note="how much it is about the traded currencies, of 1">
          {numberOf(relevance, { digits: 2 })}
        </Figure>
        <Figure name="language">{language ?? "not known"}</Figure>
      </div>
      <p>
        The first row of features that it can be part of is that of <Time at={row_at} />:{" "}
        <a href={hrefOf("features", [], { show: "row", of: "news_features", at: new Date(row_at).toISOString() })}>look at it</a>.
      </p>
    </Card>
  );
}

function ReadAs({ reading }: { readonly reading: Reading }) {
  const { engine, sentiment_score, confidence, sgd_directional_signal, policy, market_coherence, topics, currencies, duplicate_of } =
    reading;
  return (
    <Card title="How it was read" is_wide>
      <p>
        Read by <strong>{ENGINES[engine]?.name ?? engine}</strong>: {ENGINES[engine]?.about}.{" "}
        {duplicate_of !== null && (
          <>
            It repeats <a href={hrefOf("news", [duplicate_of])}>an earlier article</a>, and counts nowhere.
          </>
        )}
      </p>
      <div class="figures">
        <Figure name="sentiment" note="of −1 bad to +1 good, for what it is about">
          {numberOf(sentiment_score, { digits: 2, is_signed: true })}
        </Figure>
        <Figure name="confidence">{percentOf(confidence, 0)}</Figure>
        <Figure name="Singapore dollar" note={sgdSentence(sgd_directional_signal)}>
          {numberOf(sgd_directional_signal, { digits: 2, is_signed: true })}
        </Figure>
        <Figure name="market" note={market_coherence === null ? "no market row was known then" : coherenceSentence(market_coherence)}>
          {numberOf(market_coherence, { digits: 2, is_signed: true })}
        </Figure>
        <Figure name="central bank">{policy === null ? "–" : `${policy.bank} (${policy.currency}): ${policy.stance}`}</Figure>
        <Figure name="topics">{topics.join(", ") || "–"}</Figure>
      </div>
      <h3>Direction by currency</h3>
      <Table
        caption="What the article says of each currency"
        rows={currencies}
        keyOf={({ currency }) => currency}
        empty="It names no currency."
        columns={[
          { name: "currency", is_head: true, show: ({ currency }) => currency },
          { name: "direction", show: ({ currency, direction }) => <Direction currency={currency} direction={direction} /> },
          { name: "relevance", is_number: true, show: ({ relevance }) => numberOf(relevance, { digits: 2 }) },
          { name: "named", is_number: true, show: ({ mentions }) => `${mentions} ×` },
        ]}
      />
    </Card>
  );
}

function coherenceSentence(coherence: number): string {
  if (coherence === 0) return "the market moved neither way, or the article points none";
  return coherence > 0 ? "the market was moving the way that the article says" : "the market was moving against what the article says";
}
