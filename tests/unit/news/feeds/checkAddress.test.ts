import { describe, expect, it } from "vitest";
import { checkAddress } from "../../../../shared/news/feeds/checkAddress.ts";

describe("checkAddress", () => {
  it.each([
    "https://www.example.com/feed.xml",
    "http://example.com/feed.xml",
    "https://example.com:443/",
    "http://example.com:80/",
    "https://8.8.8.8/",
    "https://[2606:4700:4700::1111]/",
    "https://xn--bcher-kva.example/",
    "https://localhost.example.com/",
    "https://10.example.com/",
    "https://svc.example.com/",
    "https://test.example.com/",
  ])("lets %s pass", (address) => {
    expect(checkAddress(address).href).toBe(new URL(address).href);
  });

  it.each([
    ["not an address", /not an address/],
    ["ftp://example.com/", /not http/],
    ["file:///etc/passwd", /not http/],
    ["gopher://example.com/", /not http/],
    ["https://user:secret@example.com/", /user name/],
    ["https://user@example.com/", /user name/],
    ["https://:secret@example.com/", /password/],
    ["https://example.com:8080/", /port 8080/],
    ["http://example.com:22/", /port 22/],
    ["http://localhost/", /name of this machine/],
    ["http://LOCALHOST./", /name of this machine/],
    ["http://a.localhost/", /name of this machine/],
    ["http://printer.local/", /name of this machine/],
    ["http://metadata.google.internal/", /name of this machine/],
    ["http://router.lan/", /name of this machine/],
    ["http://printer/", /not a name on the Internet/],
    ["http://127.0.0.1/", /loopback/],
    ["http://127.1/", /loopback/],
    ["http://2130706433/", /loopback/],
    ["http://0x7f000001/", /loopback/],
    ["http://0177.0.0.1/", /loopback/],
    ["http://0/", /unspecified/],
    ["http://10.0.0.1/", /private/],
    ["http://172.16.3.4/", /private/],
    ["http://192.168.1.1/", /private/],
    ["http://3232235777/", /private/],
    ["http://169.254.169.254/latest/meta-data/", /linkLocal/],
    ["http://100.64.0.1/", /carrierGradeNat/],
    ["http://224.0.0.1/", /multicast/],
    ["http://255.255.255.255/", /broadcast/],
    ["http://192.0.2.1/", /reserved/],
    ["http://198.18.0.1/", /not a public address/],
    ["http://240.0.0.1/", /reserved/],
    ["http://[::1]/", /loopback/],
    ["http://[::]/", /unspecified/],
    ["http://[::ffff:127.0.0.1]/", /ipv4Mapped/],
    ["http://[::ffff:7f00:1]/", /ipv4Mapped/],
    ["http://[64:ff9b::7f00:1]/", /not a public address/],
    ["http://[64:ff9b:1::7f00:1]/", /not a public address/],
    ["http://[2002:7f00:1::]/", /6to4/],
    ["http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", /teredo/],
    ["http://[fc00::1]/", /uniqueLocal/],
    ["http://[fe80::1]/", /linkLocal/],
    ["http://[ff02::1]/", /multicast/],
    ["http://[2001:db8::1]/", /not a public address/],
    ["http://[::127.0.0.1]/", /not a public address/],
    ["http://[::7f00:1]/", /not a public address/],
    ["http://[::a9fe:a9fe]/", /not a public address/],
    ["http://[::2]/", /not a public address/],
    ["http://[1::1]/", /not a public address/],
    ["http://[4000::1]/", /not a public address/],
    ["http://kubernetes.default.svc/", /name of this machine/],
    ["http://kubernetes.default.svc./", /name of this machine/],
    ["http://kubernetes.default.svc.cluster.local/", /name of this machine/],
    ["http://10-0-0-1.default.pod/", /name of this machine/],
    ["http://sqld.service.consul/", /name of this machine/],
    ["http://host.docker/", /name of this machine/],
    ["http://1.0.0.127.in-addr.arpa/", /name of this machine/],
    ["http://sqld/", /not a name on the Internet/],
    ["http://sqld./", /not a name on the Internet/],
  ])("refuses %s", (address, reason) => {
    expect(() => checkAddress(address)).toThrow(reason);
    expect(() => checkAddress(address)).toThrow(expect.objectContaining({ code: "address_refused" }));
  });

  it("shows no password", () => {
    expect(() => checkAddress("https://user:secret@example.com/")).toThrow(/\/\/\*\*\*@example\.com/);
  });

  it("exempts the configured origin, and nothing beside it", () => {
    const allowed = new Set(["http://127.0.0.1:8792"]);
    expect(checkAddress("http://127.0.0.1:8792/news/x", allowed).port).toBe("8792");
    expect(() => checkAddress("http://127.0.0.1:8790/", allowed)).toThrow(/port 8790/);
    expect(() => checkAddress("http://127.0.0.1/", allowed)).toThrow(/loopback/);
  });
});
