import { hostProblem } from "../../domain/hostProblem.ts";
import { AppError } from "../../errors.ts";

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

function refused(address: string, why: string): AppError {
  const shown = address.replace(/\/\/[^/@]*@/, "//***@").slice(0, 200);
  return new AppError("address_refused", `${shown} is not asked: ${why}`, { status: 403, details: { address: shown } });
}
