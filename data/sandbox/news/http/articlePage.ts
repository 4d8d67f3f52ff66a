import { html, raw } from "hono/html";
import { toIso } from "../../../../shared/domain/instant.ts";
import type { FeedEntry } from "../feeds/feedEntry.ts";
import type { NewsSite } from "../sites.ts";

type Markup = ReturnType<typeof html>;

/** The page of an article: the text among what surrounds it on a real site. */
export function renderArticlePage(entry: FeedEntry, origin: string, related: readonly FeedEntry[]): Markup {
  const { article, item, path, access } = entry;
  const { site } = item;
  const paragraphs = access === "open" ? article.paragraphs : article.paragraphs.slice(0, 1);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${article.title} | ${site.name}</title>
<meta name="description" content="${article.summary}">
<link rel="canonical" href="${origin}${path}">
<meta property="og:type" content="article">
<meta property="og:title" content="${article.title}">
<meta property="og:site_name" content="${site.name}">
<script type="application/ld+json">${raw(structuredData(entry, origin))}</script>
<style>body{font-family:serif;max-width:60rem;margin:auto}.ad{background:#eee}</style>
<script>window.consent = window.consent || []; // nothing runs here</script>
</head>
<body>
${header(site)}
<aside class="ad" aria-label="Advertisement"><p>Advertisement</p><p>Open an account with Pelican Savings today and earn up to 4% a year.</p></aside>
<main>
<article>
<h1>${article.title}</h1>
<p class="byline">By ${article.byline}${entry.date === null ? "" : html` · <time datetime="${toIso(item.published_at)}">${entry.date}</time>`}</p>
<div class="article-body">
${paragraphs.map((paragraph) => html`<p>${paragraph}</p>\n`)}
</div>
${access === "open" ? "" : subscribe(site)}
</article>
<section class="related"><h2>Read next</h2><ul>${related.map((other) => html`<li><a href="${other.path}">${other.article.title}</a></li>\n`)}</ul></section>
</main>
${footer(site)}
</body>
</html>`;
}

/** What a member's page says to everybody else. */
export function renderMembersPage(site: NewsSite): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Members only | ${site.name}</title></head>
<body>${header(site)}<main><h1>For members</h1><p>Please sign in to read this page.</p></main>${footer(site)}</body></html>`;
}

/** The site's front page: its newest headlines. */
export function renderFrontPage(site: NewsSite, entries: readonly FeedEntry[]): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${site.name}</title>
<link rel="alternate" type="application/xml" title="${site.name}" href="/news/${site.id}/feed.xml"></head>
<body>${header(site)}<main><h1>${site.name}</h1><p>${site.tagline}. A fictional site: nothing here has happened.</p>
<ul>${entries.map((entry) => html`<li><a href="${entry.path}">${entry.article.title}</a></li>\n`)}</ul></main>${footer(site)}</body></html>`;
}

function header(site: NewsSite): Markup {
  return html`<header><a href="/news/${site.id}/">${site.name}</a>
<nav><ul><li><a href="/news/${site.id}/">Home</a></li><li>Markets</li><li>Economy</li><li>Opinion</li><li>Sport</li></ul></nav></header>`;
}

function subscribe(site: NewsSite): Markup {
  return html`<div class="paywall"><h2>Subscribe to continue</h2><p>This article is for subscribers of ${site.name}. Already a subscriber? Sign in.</p></div>`;
}

function footer(site: NewsSite): Markup {
  return html`<footer><form><label>Get our newsletter <input type="email" name="email"></label><button>Sign up</button></form>
<p>© ${site.name}. ${site.tagline}. Terms of use · Privacy · Cookies · Contact</p></footer>`;
}

/** schema.org's markup, which says also whether the page is free to read. */
function structuredData({ article, item, path, access, date }: FeedEntry, origin: string): string {
  const isFree = access === "open";
  const data = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: article.title,
    description: article.summary,
    mainEntityOfPage: `${origin}${path}`,
    ...(date === null ? {} : { datePublished: toIso(item.published_at) }),
    author: { "@type": "Person", name: article.byline },
    publisher: { "@type": "Organization", name: item.site.name },
    isAccessibleForFree: isFree,
    ...(isFree ? {} : { hasPart: { "@type": "WebPageElement", isAccessibleForFree: false, cssSelector: ".paywall" } }),
  };
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
