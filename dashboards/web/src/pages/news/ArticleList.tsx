import type { ComponentChildren } from "preact";
import type { AnswerAt } from "../../api/ask.ts";
import { numberOf, percentOf } from "../../format/number.ts";
import { hrefOf, place, setQuery } from "../../state/address.ts";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { Directions } from "./Directions.tsx";
import { ENGINES, publishedText } from "./directionText.ts";

type Article = AnswerAt<"GET /api/news/articles">["articles"][number];

const A_PAGE = 50;
const TERMS = 6;

/** Articles, the newest known first, fifty at once. */
export function ArticleList({ articles, empty }: { readonly articles: readonly Article[]; readonly empty: ComponentChildren }) {
  const said = Number(place.value.query.get("page") ?? 1);
  const pages = Math.max(1, Math.ceil(articles.length / A_PAGE));
  const page = Number.isInteger(said) ? Math.min(pages, Math.max(1, said)) : 1;
  const show = (wanted: number) => setQuery({ page: wanted === 1 ? null : String(wanted) });
  return (
    <>
      <Table
        caption="Articles, the newest known first"
        rows={articles.slice((page - 1) * A_PAGE, page * A_PAGE)}
        keyOf={({ article_id }) => article_id}
        empty={empty}
        columns={[
          {
            name: "known since",
            show: ({ available_at, published_at, published_problem }) => (
              <>
                <Time at={available_at} />
                <span class="news-under">{publishedText(published_at, published_problem, available_at)}</span>
              </>
            ),
          },
          {
            name: "headline",
            is_head: true,
            show: ({ article_id, title, reading }) => (
              <div class="news-headline">
                <a href={hrefOf("news", [article_id])}>{title || "(no headline)"}</a>
                {reading?.duplicate_of && <span class="news-repeat">repeats an earlier one, counts nowhere</span>}
              </div>
            ),
          },
          { name: "source", show: ({ source }) => source.replaceAll("_", " ") },
          {
            name: "sentiment",
            is_number: true,
            show: ({ reading }) => numberOf(reading?.sentiment_score, { digits: 2, is_signed: true }),
          },
          { name: "confidence", is_number: true, show: ({ reading }) => percentOf(reading?.confidence, 0) },
          {
            name: "read by",
            show: ({ reading }) => {
              const engine = ENGINES[reading?.engine ?? "none"];
              return <span title={engine?.about}>{engine?.name ?? reading?.engine}</span>;
            },
          },
          {
            name: "direction by currency",
            show: ({ reading }) =>
              reading === null || reading.currencies.length === 0 ? (
                <span class="missing">–</span>
              ) : (
                <Directions currencies={reading.currencies} />
              ),
          },
          {
            name: "matched terms",
            show: ({ matched_terms }) => (
              <div class="news-terms" title={matched_terms.join(", ")}>
                {matched_terms.slice(0, TERMS).join(", ")}
                {matched_terms.length > TERMS && ` and ${matched_terms.length - TERMS} more`}
              </div>
            ),
          },
        ]}
      />
      {pages > 1 && (
        <nav class="news-pages" aria-label="Pages of articles">
          <button type="button" class="button button-small" disabled={page === 1} onClick={() => show(page - 1)}>
            newer
          </button>
          <span>
            page {page} of {pages}
          </span>
          <button type="button" class="button button-small" disabled={page === pages} onClick={() => show(page + 1)}>
            older
          </button>
        </nav>
      )}
    </>
  );
}
