import ipaddr from "ipaddr.js";

/**
 * Names that mean this machine or this network: RFC 6761, 6762, 7686, 8375 and 9476, ICANN's .internal, what routers hand out, and what
 * Kubernetes (`NAME.NAMESPACE.svc`, `.pod`), Consul, Nomad and Docker answer to.
 */
const INNER_NAME =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|localdomain|svc|pod|cluster|kubernetes|consul|nomad|docker|invalid|test|onion|alt|(\d+\.)?in-addr\.arpa|ip6\.arpa)$/;
/** What IANA gives to the world of IPv6 (RFC 4291, 2.4). All else is special, `::127.0.0.1` (IPv4-compatible) and NAT64 among it. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Why a host, as URL.hostname has it, is none that the Internet reaches; null where it is one. Of IPv6, only plain global addresses are.
 */
export function hostProblem(hostname: string): string | null {
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
