import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowedHostsOf, isAllowedHost, parseAllowedHosts } from "../../../shared/contracts/allowedHosts.ts";
import { allowedMethods } from "../../../shared/contracts/allowedMethods.ts";
import { parseCorsOrigins } from "../../../shared/contracts/corsOrigins.ts";
import { guardRequest } from "../../../shared/contracts/guardRequest.ts";
import { requireSendable } from "../../../shared/contracts/sendableToken.ts";
import { unknownRoute } from "../../../shared/contracts/unknownRoute.ts";
import { AppError } from "../../../shared/errors.ts";

const LOCAL = parseAllowedHosts(undefined);

/** Status that the guard refuses with, and the header that it names; null where it lets the request through. */
function verdict(method: string, headers: Readonly<Record<string, string>>, allowed = LOCAL): [number, unknown] | null {
  const sent = new Map(Object.entries({ host: "127.0.0.1:8787", ...headers }));
  try {
    guardRequest({ method, url: "http://127.0.0.1:8787/x", headers: { get: (name) => sent.get(name) ?? null } }, allowed);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [error.status, error.details["header"]];
  }
}

const JSON_BODY = { "content-type": "application/json" };
const OWN_PAGE = { origin: "http://127.0.0.1:8787", "sec-fetch-site": "same-origin", ...JSON_BODY };

describe("pages that CORS_ORIGINS names", () => {
  const named = parseCorsOrigins("https://desk.example.com, http://localhost:5173");
  const asked = (headers: Record<string, string>) => () =>
    guardRequest(new Request("http://127.0.0.1:8787/x", { method: "POST", headers: { host: "127.0.0.1:8787", ...headers } }), LOCAL, named);
  const page = { origin: "https://desk.example.com", "sec-fetch-site": "cross-site" };

  it("may change something, with JSON and by a known name of the server", () => {
    expect(asked({ ...page, ...JSON_BODY })).not.toThrow();
    expect(asked({ ...page, "content-type": "text/plain" })).toThrow("Content-Type");
    expect(asked({ ...page, ...JSON_BODY, host: "desk.example.com" })).toThrow("Host");
  });

  it.each(["https://desk.example.com.evil.example", "http://desk.example.com", "https://desk.example.com:8443", "null"])(
    "are not %s",
    (origin) => {
      expect(asked({ ...page, ...JSON_BODY, origin })).toThrow();
    },
  );

  it.each([
    "*",
    "desk.example.com",
    "https://desk.example.com/",
    "https://Desk.example.com",
    "https://desk.example.com:443",
    "null",
    "file://x",
    "https://a b",
  ])("are origins as a browser sends them: not %s", (text) =>
    expect(() => parseCorsOrigins(`https://desk.example.com,${text}`)).toThrow("CORS_ORIGINS"),
  );
});

describe("who may change something", () => {
  it.each<[string, Record<string, string>, [number, string] | null]>([
    ["curl -d", { "content-type": "application/x-www-form-urlencoded" }, null],
    ["a program without a content type", {}, null],
    ["the server's own page", OWN_PAGE, null],
    ["its own page, by another of its names", { ...OWN_PAGE, host: "localhost:8787", origin: "http://localhost:8787" }, null],
    ["its own page that sends candles", { ...OWN_PAGE, "content-type": "application/x-ndjson" }, null],
    ["a page of another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site", ...JSON_BODY }, [403, "Sec-Fetch-Site"]],
    ["a page of another site, in a browser that sends an Origin only", { origin: "https://evil.example" }, [403, "Origin"]],
    ["a page of another port", { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-site" }, [403, "Sec-Fetch-Site"]],
    ["a page of another port, by its Origin only", { origin: "http://127.0.0.1:3000" }, [403, "Origin"]],
    ["a page of another name of this machine", { origin: "http://localhost:8787" }, [403, "Origin"]],
    ["a page without an origin (a sandboxed frame, a file)", { origin: "null" }, [403, "Origin"]],
    ["what calls itself a page and sends no Origin", { "sec-fetch-site": "cross-site" }, [403, "Sec-Fetch-Site"]],
    ["its own page with a form", { ...OWN_PAGE, "content-type": "text/plain;charset=UTF-8" }, [400, "Content-Type"]],
    ["its own page without a content type", { origin: OWN_PAGE.origin }, [400, "Content-Type"]],
  ])("%s", (_who, headers, expected) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) expect(verdict(method, headers)).toEqual(expected);
  });

  it("reading is for all: without CORS headers a browser shows another site nothing of it", () => {
    for (const method of ["GET", "HEAD", "OPTIONS"])
      expect(verdict(method, { origin: "https://evil.example", "sec-fetch-site": "cross-site" })).toBeNull();
  });
});

describe("by which names a server is asked", () => {
  it.each(["localhost", "LOCALHOST:8787", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8787"])("%s is its own", (host) => {
    expect(verdict("GET", { host })).toBeNull();
  });

  it.each([
    "evil.example",
    "evil.example:8787",
    "localhost.evil.example",
    "127.0.0.1.nip.example",
    "127.0.0.2",
    "",
    "[::2]",
    "0.0.0.0:8787",
    "localhost@evil.example",
  ])('"%s" is not, whatever the method', (host) => {
    for (const method of ["GET", "POST", "OPTIONS"]) expect(verdict(method, { host })).toEqual([403, "Host"]);
  });

  it("without the header, the address counts", () => {
    const ask = (url: string) => () => guardRequest({ method: "GET", url, headers: { get: () => null } }, LOCAL);
    expect(ask("http://localhost/health")).not.toThrow();
    expect(ask("http://evil.example/health")).toThrow(/not a name of this server/);
  });

  it("ALLOWED_HOSTS adds names to those of the loopback, and * all", () => {
    const some = parseAllowedHosts(" fx.example.com , Other.Example ");
    expect(["fx.example.com", "other.example:443", "localhost:1"].every((host) => isAllowedHost(host, some))).toBe(true);
    expect(isAllowedHost("sub.fx.example.com", some)).toBe(false);
    expect(isAllowedHost("anything", parseAllowedHosts("*"))).toBe(true);
  });

  it.each(["http://fx.example.com", "fx.example.com:443", "a b", "*.example.com"])(
    'ALLOWED_HOSTS "%s" is refused in a sentence',
    (text) => {
      expect(() => parseAllowedHosts(text)).toThrow(/^ALLOWED_HOSTS: ".*" is not a host's name/);
    },
  );

  it("a server bound to the network answers to all names unless some are named, one on the loopback never", () => {
    expect(allowedHostsOf(undefined, "0.0.0.0")).toBe("any");
    expect(allowedHostsOf("fx", "0.0.0.0")).toEqual(parseAllowedHosts("fx"));
    for (const address of ["127.0.0.1", "localhost", "::1"]) expect(allowedHostsOf("", address)).toEqual(LOCAL);
  });
});

describe("methods of a path", () => {
  const ROUTES = [
    { method: "ALL", path: "/*" },
    { method: "GET", path: "/api/v2/dags/:dag" },
    { method: "PATCH", path: "/api/v2/dags/:dag" },
    { method: "POST", path: "/api/v2/backfills/dry_run" },
    { method: "GET", path: "/api/v2/backfills/:id" },
    { method: "GET", path: "/" },
  ];
  it.each([
    ["/api/v2/dags/monitoring", "GET, HEAD, PATCH"],
    ["/api/v2/backfills/dry_run", "GET, HEAD, POST"],
    ["/api/v2/dags/monitoring/more", ""],
    ["/api/v2/dags", ""],
    ["/api/v2/dags/", ""],
    ["/api/v2/backfills/dry_run/", ""],
    ["/", "GET, HEAD"],
    ["/nothing", ""],
  ])("%s takes %s", (path, methods) => expect(allowedMethods(ROUTES, path).join(", ")).toBe(methods));

  it.each([
    ["POST", "/api/v2/dags/monitoring", 405],
    ["DELETE", "/", 405],
    // Of what the router did not find, although its list seems to have it, nobody is told to ask for it as they did.
    ["GET", "/api/v2/dags/monitoring", 404],
    ["HEAD", "/", 404],
    ["GET", "/nothing", 404],
  ])("%s %s, which found nothing, is %i, and never told to ask by the method that was used", (method, path, status) => {
    const error = unknownRoute(ROUTES, method, path);
    expect(error.status).toBe(status);
    expect(String(error.details["allow"] ?? "").split(", ")).not.toContain(method);
  });
});

describe("tokens", () => {
  it.each<[string, RegExp]>([
    ["line\nbreak", /U\+000A/],
    ["line\r", /U\+000D/],
    [" ahead", /U\+0020/],
    ["behind ", /U\+0020/],
    ["schlüssel", /U\+00FC/],
    ["🔑", /U\+1F511/],
    ["\u0000", /U\+0000/],
  ])("%j cannot be sent", (token, character) => {
    expect(() => requireSendable("ADMIN_TOKEN", token)).toThrow(/^ADMIN_TOKEN holds a character/);
    expect(() => requireSendable("ADMIN_TOKEN", token)).toThrow(character);
  });

  it("what is accepted arrives as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), (token) => {
        const sent = (() => {
          try {
            return requireSendable("T", token);
          } catch {
            return null;
          }
        })();
        if (sent !== null) expect(new Headers({ authorization: `Bearer ${sent}` }).get("authorization")).toBe(`Bearer ${token}`);
      }),
    );
  });
});
