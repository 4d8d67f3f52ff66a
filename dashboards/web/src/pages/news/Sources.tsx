import type { AnswerAt } from "../../api/ask.ts";
import type { Answer } from "../../api/useAnswer.ts";
import { setQuery } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { feedHealth } from "./feedHealth.ts";

/** Where news comes from, and how each feed answered last. */
export function Sources({ answer }: { readonly answer: Answer<AnswerAt<"GET /api/news/sources">> }) {
  return (
    <Card
      title="Sources"
      about="Sites are asked politely: one at a time with a pause, as their robots.txt allows. A refusal is written down, and never worked around."
      is_wide
    >
      <Answered
        answer={answer}
        height={160}
        is_empty={({ sources }) => sources.length === 0}
        empty="No source is configured: NEWS_FEEDS=id=URL adds one."
      >
        {({ sources }) => (
          <Table
            caption="Feeds of news and how each answered last"
            rows={sources.flatMap((source) => source.feeds.map((feed) => ({ source, feed, ...feedHealth(feed) })))}
            keyOf={({ feed }) => feed.url}
            columns={[
              {
                name: "source",
                is_head: true,
                show: ({ source }) => (
                  <>
                    {source.name}
                    <div class="news-under">{source.id}</div>
                  </>
                ),
              },
              {
                name: "articles",
                show: ({ source }) => (
                  <button
                    type="button"
                    class="button button-small"
                    aria-label={`show articles of ${source.name}`}
                    onClick={() => setQuery({ source: source.id, page: null })}
                  >
                    show
                  </button>
                ),
              },
              { name: "health", show: ({ tone, text }) => <State tone={tone}>{text}</State> },
              { name: "last answer", show: ({ sentence }) => <div class="news-answer">{sentence}</div> },
              { name: "asked", show: ({ feed }) => <Time at={feed.last_fetched_at} with_age /> },
              { name: "answered well", show: ({ feed }) => <Time at={feed.last_success_at} with_age /> },
              { name: "past", show: ({ source }) => (source.has_archive ? "has an archive" : "from the first fetch on") },
              { name: "feed", show: ({ feed }) => <code class="news-url">{feed.url}</code> },
            ]}
          />
        )}
      </Answered>
    </Card>
  );
}
