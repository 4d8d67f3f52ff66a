import { labelsText } from "./exposeFamilies.ts";

interface Family {
  /** Its HELP and TYPE, as whoever had it first told them. */
  readonly head: string[];
  readonly samples: string[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const OF_FAMILY = /^# (HELP|TYPE) (\S+)/;

/**
 * Several texts of Prometheus' format 0.0.4 as one, each series with the name of the text that it is of as a label: the format wants the
 * series of a metric together, and its HELP once. Other comments are left out.
 * @param texts by name, each as exposeFamilies writes it: HELP and TYPE before the series
 */
export function mergeExpositions(label: string, texts: readonly (readonly [name: string, text: string])[]): string {
  const families = new Map<string, Family>();
  for (const [name, text] of texts) addText(families, labelsText({ [label]: name }).slice(1, -1), text);
  return [...families.values()]
    .flatMap(({ head, samples }) => [...head, ...samples])
    .map((line) => `${line}\n`)
    .join("");
}

function addText(families: Map<string, Family>, pair: string, text: string): void {
  const known = new Set(families.keys());
  let family = "";
  for (const line of text.split("\n")) {
    const of = OF_FAMILY.exec(line)?.[2];
    if (of !== undefined) {
      family = of;
      if (!known.has(of)) familyOf(families, of).head.push(line);
    } else if (NAME.test(line)) {
      familyOf(families, family).samples.push(withPair(line, pair));
    }
  }
}

function familyOf(families: Map<string, Family>, name: string): Family {
  const found = families.get(name) ?? { head: [], samples: [] };
  families.set(name, found);
  return found;
}

function withPair(line: string, pair: string): string {
  const [name = ""] = NAME.exec(line) ?? [];
  const rest = line.slice(name.length);
  return rest.startsWith("{") ? `${name}{${pair},${rest.slice(1)}` : `${name}{${pair}}${rest}`;
}
