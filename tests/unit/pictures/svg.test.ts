import { describe, expect, it } from "vitest";
import { COLORS, svgBox, svgDot, svgLine, svgText } from "../../../shared/pictures/svg.ts";

describe("parts of a picture", () => {
  it("have places in tenths of a pixel, and what is asked of their style", () => {
    expect(svgText({ x: 1.26, y: -0.04 }, "a")).toBe(
      `<text x="1.3" y="0" font-size="12" text-anchor="start" fill="${COLORS.ink}">a</text>`,
    );
    expect(svgText({ x: 1, y: 2 }, "a", { anchor: "end", size: 9, color: "#123", turned: -90 })).toBe(
      '<text x="1" y="2" transform="rotate(-90 1 2)" font-size="9" text-anchor="end" fill="#123">a</text>',
    );
    const ends = [
      { x: 0, y: 1 },
      { x: 2, y: 3.33 },
    ];
    expect(svgLine(ends, "#123")).toBe('<polyline points="0,1 2,3.3" fill="none" stroke="#123" stroke-width="1"/>');
    expect(svgLine(ends, "#123", 2, "5 4")).toBe(
      '<polyline points="0,1 2,3.3" fill="none" stroke="#123" stroke-width="2" stroke-dasharray="5 4"/>',
    );
    expect(svgBox({ x: 1, y: 2 }, 3.04, 4, "#123")).toBe('<rect x="1" y="2" width="3" height="4" fill="#123"/>');
    expect(svgDot({ x: 1, y: 2 }, 3, "#123")).toBe('<circle cx="1" cy="2" r="3" fill="#123"/>');
  });
});
