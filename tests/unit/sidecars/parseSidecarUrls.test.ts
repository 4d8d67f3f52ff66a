import { describe, expect, it } from "vitest";
import { parseSidecarUrls } from "../../../shared/sidecars/parseSidecarUrls.ts";

describe("SIDECAR_URL", () => {
  it.each([
    ["http://127.0.0.1:8791", [["127.0.0.1:8791", "http://127.0.0.1:8791"]]],
    ["https://gpu.example.com/", [["gpu.example.com", "https://gpu.example.com/"]]],
    [
      " http://a:8791 ,http://b:8791/fx/ ",
      [
        ["a:8791", "http://a:8791"],
        ["b:8791/fx", "http://b:8791/fx/"],
      ],
    ],
  ])("%s is read", (text, expected) => {
    expect(parseSidecarUrls(text).map(({ name, url }) => [name, url])).toEqual(expected);
  });

  it.each([
    ["sidecar", 'SIDECAR_URL: "sidecar": expected an address such as http://127.0.0.1:8791.'],
    ["", 'SIDECAR_URL: "": expected an address such as http://127.0.0.1:8791.'],
    ["http://a,ftp://b", 'SIDECAR_URL: address 2 of 2, "ftp://b": expected an address such as http://127.0.0.1:8791.'],
    ["http://a,,http://c", 'SIDECAR_URL: address 2 of 3, "": expected an address such as http://127.0.0.1:8791.'],
    [
      "http://a,http://me:secret@b:1",
      "SIDECAR_URL: address 2 of 2, b:1: it holds a user or a password; leave them out, and set SIDECAR_TOKEN.",
    ],
    ["http://a?x=1", "SIDECAR_URL: a: it ends in a query or a fragment; leave that out."],
    ["http://a,http://b,https://a/", "SIDECAR_URL: address 3 of 3, a: it is address 1 as well, and each is named once."],
  ])("%s is refused, and the wrong one is named", (text, message) => {
    expect(() => parseSidecarUrls(text)).toThrow(expect.objectContaining({ code: "invalid_request", message }));
  });
});
