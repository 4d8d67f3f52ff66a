import type { Instant } from "../../../../shared/domain/instant.ts";
import { deriveKey, STREAM } from "../../market/counterHash.ts";
import { Draws } from "../draws.ts";
import type { Article, NewsItem } from "../newsItem.ts";
import type { NewsSite } from "../sites.ts";
import { composeArticle } from "../text/composeArticle.ts";
import { writeDate } from "./feedDates.ts";

export type Access = "open" | "paywall" | "members";

/** An item with its words and its address, as every place that shows it needs them. */
export interface FeedEntry {
  readonly item: NewsItem;
  readonly article: Article;
  readonly access: Access;
  readonly path: string;
  /** As the feed writes it; null where the item has none. */
  readonly date: string | null;
}

export function toEntry(item: NewsItem): FeedEntry {
  const { site } = item;
  const draws = new Draws(deriveKey(item.key, STREAM.news_page));
  const article = composeArticle(item);
  const isUndated = draws.chance(site.undated);
  const style = draws.pick(site.date_styles);
  const access = accessOf(site, draws.uniform());
  const folder = access === "members" ? "members" : "articles";
  return {
    item,
    article,
    access,
    path: `/news/${site.id}/${folder}/${slugOf(article.title)}-${item.id}`,
    date: isUndated ? null : writeDate(item.published_at, style, site.zone),
  };
}

function accessOf(site: NewsSite, draw: number): Access {
  if (draw < site.members_only) return "members";
  return draw < site.members_only + site.paywalled ? "paywall" : "open";
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[’']/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80);
}

/** A feed to be written: what is in it, when it last changed, and from where its links start. */
export interface FeedPage {
  readonly site: NewsSite;
  /** `http://host:port`, without a slash at its end. */
  readonly origin: string;
  readonly entries: readonly FeedEntry[];
  readonly updated_at: Instant;
  /** True for the archive: full text inline, and when each item entered the feed. */
  readonly is_archive: boolean;
}
