import { describe, expect, it } from "vitest";
import { parseAllowedHosts } from "../../../../shared/contracts/allowedHosts.ts";
import { clientAddressOf, parseAddressHeader, UNREADABLE_ADDRESS } from "../../../../shared/contracts/limits/clientAddress.ts";
import { NO_RATE_LIMITS, PUBLIC_RATE_LIMITS, parseRateLimits } from "../../../../shared/contracts/limits/rateLimits.ts";

const LOCAL = parseAllowedHosts(undefined);
const PUBLIC = parseAllowedHosts("fx.example.com");

describe("RATE_LIMITS", () => {
  it("that is not set throttles nobody on this machine, and guards a server that others reach", () => {
    for (const text of [undefined, "", " "]) {
      expect(parseRateLimits(text, LOCAL)).toEqual(NO_RATE_LIMITS);
      for (const allowed of [PUBLIC, parseAllowedHosts("*")]) expect(parseRateLimits(text, allowed)).toEqual(PUBLIC_RATE_LIMITS);
    }
  });

  it("changes what it names, anywhere, and `none` is none", () => {
    expect(parseRateLimits("key=100/10", LOCAL)).toEqual({ ...NO_RATE_LIMITS, key: { quota: 100, window_ms: 10_000 } });
    expect(parseRateLimits("address = none, key=1/1", PUBLIC)).toEqual({
      ...PUBLIC_RATE_LIMITS,
      address: null,
      key: { quota: 1, window_ms: 1_000 },
    });
    for (const allowed of [LOCAL, PUBLIC]) expect(parseRateLimits("none", allowed)).toEqual(NO_RATE_LIMITS);
  });

  it.each([
    "key",
    "key=",
    "key=0/60",
    "key=5/0",
    "key=-5/60",
    "key=5",
    "key=5/60s",
    "keys=5/60",
    "none,key=5/60",
    "key=1e3/60",
    "__proto__=5/60",
  ])("refuses %s and says how it is written", (text) =>
    expect(() => parseRateLimits(text, LOCAL)).toThrow(/RATE_LIMITS: .* NAME=COUNT\/SECONDS/),
  );
});

describe("whose request it is", () => {
  const told = (said: string, header = "X-Forwarded-For") =>
    clientAddressOf(new Headers({ [header]: said }), parseAddressHeader("X-Forwarded-For"));

  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["6.6.6.6, 203.0.113.7", "203.0.113.7"],
    ["6.6.6.6,7.7.7.7 ,203.0.113.7 ", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2:ffff::1", "2001:db8:1:2::/64"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["", UNREADABLE_ADDRESS],
    ["203.0.113.7,", UNREADABLE_ADDRESS],
    ["unknown", UNREADABLE_ADDRESS],
    // With their port, as Azure's gateway and IIS write it.
    ["203.0.113.7:4711", "203.0.113.7"],
    ["6.6.6.6:1, 203.0.113.7:4711", "203.0.113.7"],
    ["[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::/64"],
    ["203.0.113.7:471100", UNREADABLE_ADDRESS],
    ["[203.0.113.7", UNREADABLE_ADDRESS],
    ["x".repeat(10_000), UNREADABLE_ADDRESS],
  ])("is told by the proxy in front, which adds it last: %s", (said, address) => expect(told(said)).toBe(address));

  it("is not told by a header that was not named, nor by any where none was", () => {
    expect(told("203.0.113.7", "CF-Connecting-IP")).toBe(UNREADABLE_ADDRESS);
    expect(clientAddressOf(new Headers({ "X-Forwarded-For": "203.0.113.7" }), parseAddressHeader(" "))).toBeNull();
  });

  it.each(["X Forwarded", "X-Forwarded-For:1", "a,b"])("%s is no name of a header", (text) =>
    expect(() => parseAddressHeader(text)).toThrow(/CLIENT_ADDRESS_HEADER/),
  );
});
