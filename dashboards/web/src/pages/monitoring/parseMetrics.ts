/** One sample of Prometheus' text format 0.0.4. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ParsedMetrics {
  readonly samples: readonly Sample[];
  /** Lines that are no sample and no comment. */
  readonly unread: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const LABEL = /\s*([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"\s*(?:,|$)/y;

/** The samples of what GET /metrics says. */
export function parseMetrics(text: string): ParsedMetrics {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const samples = lines.map(sampleOf).filter((sample) => sample !== null);
  return { samples, unread: lines.length - samples.length };
}

function sampleOf(line: string): Sample | null {
  const [, name, inside = "", said] = LINE.exec(line) ?? [];
  if (name === undefined || said === undefined) return null;
  const labels = labelsOf(inside);
  const value = numberOf(said);
  return labels === null || value === null ? null : { name, labels, value };
}

function labelsOf(text: string): Record<string, string> | null {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const found = LABEL.exec(text);
    if (found === null) return null;
    labels[found[1]!] = unescaped(found[2]!);
  }
  return labels;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_all, mark: string) => (mark === "n" ? "\n" : mark));
}

function numberOf(said: string): number | null {
  const infinite = /^([+-]?)Inf$/i.exec(said);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(said);
  return Number.isNaN(value) && said !== "NaN" ? null : value;
}
