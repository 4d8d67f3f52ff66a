/** Parameters that say where a reader came from, not what is read: by the documentation of the trackers that set them. */
const TRACKING =
  /^(utm_\w+|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|twclid|mc_[ce]id|_hs(enc|mi)|cmp(id)?|ocid|icid|ncid|smid|smtyp|taid|at_(medium|campaign|link_\w+)|guce_\w+|ftag|wt_mc|xtor|srnd|sref|leadsource|traffic_source|feedtype|feedname|soc_(src|trk)|_ga|mkt_tok|cx_\w+|__twitter_impression|outputtype|amp)$/i;
/** Also a way to the article, unless the value is a number, which may be its name. */
const USUALLY_TRACKING = /^(source|src|ref|referrer|mod|partner|campaign(_?id)?|rss)$/i;
const AMP_SUFFIX = /(\/amp|\.amp|\/amp\.html)\/?$/i;
const MOBILE_HOST = /^(m|mobile|amp|touch)\.(.+)$/i;
const GOOGLE_AMP = /^\/amp\/(?:s\/)?(.+)$/;
const AMP_CACHE = /^\/[acv]\/(?:s\/)?(.+)$/;

/**
 * One address for all ways to the same page: https for http on the usual ports, no fragment, no tracking parameters, the rest sorted,
 * AMP and mobile variants folded into the desktop one, no trailing slash. What is fetched is the address as it was given.
 * Null for what is no web address.
 */
export function canonicalUrl(link: string, base: string | null = null): string | null {
  const url = webUrl(link, base);
  if (!url) return null;
  const inner = unwrapAmpCache(url);
  if (inner) return canonicalUrl(inner);
  url.hash = "";
  url.username = "";
  url.password = "";
  if (url.protocol === "http:" && url.port === "") url.protocol = "https:";
  url.hostname = desktopHost(url.hostname.replace(/\.$/, ""));
  url.pathname = desktopPath(url.pathname);
  url.search = keptParameters(url.searchParams);
  return url.href;
}

/** True when the parameter says where a reader came from, and not what is read. */
export function isTrackingParameter(name: string, value: string): boolean {
  return TRACKING.test(name) || (USUALLY_TRACKING.test(name) && !/^\d+$/.test(value));
}

/** The address, resolved against `base`, or null for what is not http(s). */
export function webUrl(link: string, base: string | null = null): URL | null {
  const text = link.trim();
  const url = text === "" ? null : URL.parse(text, base ?? undefined);
  return url && (url.protocol === "http:" || url.protocol === "https:") ? url : null;
}

/** www.google.com/amp/s/host/path, and host-with-dashes.cdn.ampproject.org/c/s/host/path. */
function unwrapAmpCache(url: URL): string | null {
  const is_google = /^(www\.)?google\.[a-z.]+$/.test(url.hostname);
  if (!is_google && !url.hostname.endsWith(".cdn.ampproject.org")) return null;
  const path = (is_google ? GOOGLE_AMP : AMP_CACHE).exec(url.pathname)?.[1];
  return path ? `https://${path}${url.search}` : null;
}

/** m.example.com is www.example.com; a longer name only loses the prefix, and m.uk is a name of its own. */
function desktopHost(hostname: string): string {
  const rest = MOBILE_HOST.exec(hostname)?.[2];
  if (!rest?.includes(".")) return hostname;
  const labels = rest.split(".");
  const is_bare = labels.length === 2 || (labels.length === 3 && labels[1]!.length <= 3 && labels[2]!.length === 2);
  return is_bare ? `www.${rest}` : rest;
}

/** An AMP suffix goes where an article's name is left: /2025/rates-up/amp, but not /quote/amp, which is a company. */
function desktopPath(pathname: string): string {
  const without = pathname.replace(AMP_SUFFIX, "");
  const path = (/[-\d]/.test(without) ? without : pathname).replace(/\/+$/, "");
  return path === "" ? "/" : path;
}

function keptParameters(parameters: URLSearchParams): string {
  const kept = [...parameters].filter(([name, value]) => !isTrackingParameter(name, value));
  kept.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
  return new URLSearchParams(kept).toString();
}
