import ipaddr from "ipaddr.js";
import { AppError } from "../../errors.ts";

/** Somebody with IPv6 has a network of addresses: 64 bits of it are theirs (RFC 6177). */
const OWN_BITS = 64;
const NAME = /^[a-z0-9-]{1,60}$/;

/** CLIENT_ADDRESS_HEADER, in lower case; null: no proxy tells who asks. */
export function parseAddressHeader(text: string | undefined): string | null {
  const name = (text ?? "").trim().toLowerCase();
  if (name === "") return null;
  if (NAME.test(name)) return name;
  throw new AppError(
    "invalid_request",
    `CLIENT_ADDRESS_HEADER: "${name.slice(0, 120)}" is not the name of a header. Send the one that the proxy in front sets, such as X-Forwarded-For.`,
    { status: 422, details: { field: "CLIENT_ADDRESS_HEADER" } },
  );
}

/** Of whom the header, where one is set, tells no address: `unknown`, a name, or nothing, as from what does not come through the proxy. */
export const UNREADABLE_ADDRESS = "unreadable";

/**
 * Whose request it is, by the header that a proxy in front of this server sets: the last address of it, which is what that proxy saw. What
 * stands before is what somebody said to the proxy. IPv6 as the network that one customer has. Null where no header
 * is set; UNREADABLE_ADDRESS where it holds none.
 */
export function clientAddressOf(headers: Pick<Headers, "get">, header: string | null): string | null {
  if (header === null) return null;
  const said = headers.get(header) ?? "";
  const last = withoutPort(said.slice(said.lastIndexOf(",") + 1).trim());
  if (!ipaddr.isValid(last)) return UNREADABLE_ADDRESS;
  if (!last.includes(":")) return last;
  const address = ipaddr.process(last);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${last}/${OWN_BITS}`).toString()}/${OWN_BITS}`;
}

/** Some proxies say the port as well: 203.0.113.7:4711, [2001:db8::1]:4711. */
function withoutPort(address: string): string {
  return /^\[([^\]]*)\](?::\d{1,5})?$/.exec(address)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(address)?.[1] ?? address;
}
