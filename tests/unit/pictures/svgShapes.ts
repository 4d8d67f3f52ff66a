/** Of a chart of 640 x 420 pixels the curves have x from 76 to 620, and y from 64 at the top to 364. */
export const AREA = { left: 76, right: 620, top: 64, bottom: 364 };
export const WIDE = AREA.right - AREA.left;
export const HIGH = AREA.bottom - AREA.top;

export const numbers = (text: string) => text.split(/[ ,]/).map(Number);
/** Points of the lines of a color, [x, y, x, y, ...] each. */
export const linesOf = (svg: string, color: string, width: number) =>
  [...svg.matchAll(/<polyline points="([^"]*)" fill="none" stroke="([^"]*)" stroke-width="([^"]*)"/g)]
    .filter(([, , stroke, thick]) => stroke === color && Number(thick) === width)
    .map(([, points]) => numbers(points!));
export const dotsOf = (svg: string, color: string) =>
  [...svg.matchAll(/<circle cx="([^"]*)" cy="([^"]*)" r="3" fill="([^"]*)"/g)]
    .filter(([, , , fill]) => fill === color)
    .map(([, x, y]) => [Number(x), Number(y)]);
/** Each text with its place and anchor, as `x y anchor text`. */
export const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="([^"]*)" y="([^"]*)"( transform="[^"]*")?[^>]*text-anchor="(\w+)"[^>]*>([^<]*)</g)].map(
    ([, x, y, turned = "", anchor, text]) => `${x} ${y} ${anchor}${turned} ${text}`,
  );
export const boxesOf = (svg: string) =>
  [...svg.matchAll(/<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)" fill="([^"]*)"/g)].map((found) =>
    found.slice(1).join(" "),
  );
