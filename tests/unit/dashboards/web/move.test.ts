import { describe, expect, it } from "vitest";
import { bodyOfMove, wordsOfMove } from "../../../../dashboards/web/src/pages/models/move.ts";
import { productionRequestSchema } from "../../../../shared/contracts/production.ts";

const NAME = "fx-usdsgd-predictor";
const SAID = { by: "ann@desk", reason: "it says up to everything" };

describe("a move of what is in Production", () => {
  it.each([
    [
      { action: "rollback", version: "6" },
      { action: "rollback", version: "6", pin: true, expected_version: "7", ...SAID },
    ],
    [
      { action: "promote", version: "8" },
      { action: "promote", version: "8", pin: true, expected_version: "7", ...SAID },
    ],
    [
      { action: "unpin", version: "7" },
      { action: "unpin", expected_version: "7", ...SAID },
    ],
  ] as const)("%j is sent with the version that comes, and with the one that was seen", (move, body) => {
    expect(bodyOfMove(move, "7", SAID, true)).toEqual(body);
    expect(productionRequestSchema.parse(body)).toEqual(body);
    expect(bodyOfMove(move, null, SAID, true)).toEqual({ ...body, expected_version: null });
  });

  it("names the version that comes and the one that goes", () => {
    const back = wordsOfMove(NAME, { action: "rollback", version: "6" }, "7");
    expect(back.title).toBe(`Roll ${NAME} back to version 6?`);
    expect([back.verb, back.about].join(" ")).toMatch(
      /Roll back to version 6 Version 7 is in Production now\. Version 6, .* Version 7 is archived/,
    );
    const first = wordsOfMove(NAME, { action: "promote", version: "1" }, null).about;
    expect(first).toContain("Nothing is in Production now.");
    expect(first).not.toContain("is archived");
    expect(wordsOfMove(NAME, { action: "unpin", version: "7" }, "7").about).toContain("may take its place");
  });
});
