/** The font that the sidecar paints with; where it is missing, any other without serifs. */
const FONT = "DejaVu Sans, Verdana, sans-serif";

export const COLORS = { ink: "#1f2933", faint: "#9aa5b1", grid: "#e4e7eb", first: "#2b6cb0", second: "#c05621", fill: "#bee3f8" } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface TextStyle {
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly color?: string;
  /** Degrees, about the text's own place. */
  readonly turned?: number;
}

/** A picture of so many pixels. `title` is read out where it cannot be seen. Equal parts give equal bytes. */
export function svgDocument(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

export function svgText({ x, y }: Point, text: string, style: TextStyle = {}): string {
  const { anchor = "start", size = 12, color = COLORS.ink, turned } = style;
  const place = `x="${px(x)}" y="${px(y)}"${turned === undefined ? "" : ` transform="rotate(${turned} ${px(x)} ${px(y)})"`}`;
  return `<text ${place} font-size="${size}" text-anchor="${anchor}" fill="${color}">${escapeXml(text)}</text>`;
}

/** `dash`: lengths of stroke and gap, as SVG has them. */
export function svgLine(points: readonly Point[], color: string, width = 1, dash?: string): string {
  const path = points.map(({ x, y }) => `${px(x)},${px(y)}`).join(" ");
  return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="${width}"${dash === undefined ? "" : ` stroke-dasharray="${dash}"`}/>`;
}

export function svgBox({ x, y }: Point, width: number, height: number, fill: string): string {
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" fill="${fill}"/>`;
}

export function svgDot({ x, y }: Point, radius: number, fill: string): string {
  return `<circle cx="${px(x)}" cy="${px(y)}" r="${radius}" fill="${fill}"/>`;
}

/** Tenths of a pixel: finer than anybody sees, and the same text on every machine. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!);
}
