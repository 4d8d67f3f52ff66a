import ipaddr from "ipaddr.js";
import { AppError } from "../../errors.ts";

/**
 * Names that mean this machine or this network: RFC 6761, 6762, 7686, 8375 and 9476, ICANN's .internal, what routers hand out, and what
 * Kubernetes (`NAME.NAMESPACE.svc`, `.pod`), Consul, Nomad and Docker answer to.
 */
const INNER_NAME =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|localdomain|svc|pod|cluster|kubernetes|consul|nomad|docker|invalid|test|onion|alt|(\d+\.)?in-addr\.arpa|ip6\.arpa)$/;
/** What IANA gives to the world of IPv6 (RFC 4291, 2.4). All else is special, `::127.0.0.1` (IPv4-compatible) and NAT64 among it. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * An address that may be asked, or an error that says why not: http(s), the usual ports, no credentials, a public host. The URL parser
 * writes every spelling of an IPv4 address (decimal, octal, hexadecimal, short) as four numbers before this looks at it; of IPv6, only plain
 * global addresses pass, so none that carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo) does.
 *
 * What a name resolves to cannot be seen from a Worker, which has no DNS: a public name whose answer points inside is not found here. On
 * Cloudflare such a request does not leave for a private network; elsewhere an egress rule has to see to it.
 *
 * `allowed_origins` are exempt: the sandbox of this machine, and what NEWS_ALLOWED_ORIGINS names.
 */
export function checkAddress(address: string, allowed_origins: ReadonlySet<string> = new Set()): URL {
  const url = URL.parse(address);
  if (!url) throw refused(address, "it is not an address");
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refused(address, `${url.protocol} is not http or https`);
  if (url.username !== "" || url.password !== "") throw refused(address, "it carries a user name or a password");
  if (allowed_origins.has(url.origin)) return url;
  if (url.port !== "" && url.port !== "80" && url.port !== "443") throw refused(address, `port ${url.port} is not 80 or 443`);
  const problem = hostProblem(url.hostname);
  if (problem !== null) throw refused(address, problem);
  return url;
}

function hostProblem(hostname: string): string | null {
  const host = hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (ipaddr.isValid(host)) {
    const parsed = ipaddr.parse(host);
    const range = parsed.range();
    const isGlobal = parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
    return range === "unicast" && isGlobal ? null : `${host} is not a public address (${range})`;
  }
  if (INNER_NAME.test(host)) return `${host} is a name of this machine or its network`;
  return host.includes(".") ? null : `"${host}" is not a name on the Internet`;
}

function refused(address: string, why: string): AppError {
  const shown = address.replace(/\/\/[^/@]*@/, "//***@").slice(0, 200);
  return new AppError("address_refused", `${shown} is not asked: ${why}`, { status: 403, details: { address: shown } });
}
