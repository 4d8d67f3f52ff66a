import { parseArgs } from "node:util";
import { compareWith, renderComparisons } from "./against.ts";
import { benchContext } from "./benchContext.ts";
import { machineFacts, renderHeader } from "./machineFacts.ts";
import { type Outcome, renderOutcome, renderOutcomes, toJson } from "./report.ts";
import type { BenchContext, Measured, Section } from "./section.ts";
import { SECTIONS } from "./sections.ts";

const USAGE = `npm run bench -- [--only NAME[,NAME]] [--against DIR] [--list] [--json]
Measures the budgets of the design and prints them beside what was measured. Nothing is asserted. With --against, the same is measured in
another checkout as well, with its packages installed, and the ratios are printed.`;

/** What a section that has not ended has told so far. */
interface Begun {
  readonly section: Section;
  readonly rows: Measured[];
  readonly since: number;
}

const secondsOf = ({ since }: Begun) => (performance.now() - since) / 1_000;

/** Runs sections one after another; one that fails does not hold up the others. Each is told of as it ends: a bench may be stopped. */
async function runSections(
  sections: readonly Section[],
  context: BenchContext,
  { begin, end }: { readonly begin: (begun: Begun) => void; readonly end: (outcome: Outcome) => void },
): Promise<void> {
  for (const section of sections) {
    const begun: Begun = { section, rows: [], since: performance.now() };
    begin(begun);
    const outcome = await runSection(begun, context);
    const seconds = secondsOf(begun);
    end({ ...outcome, section, seconds });
    if (section.run) process.stderr.write(`${section.name}: ${outcome.error ? "FAILED" : "done"} in ${seconds.toFixed(1)} s\n`);
  }
}

async function runSection({ section, rows }: Begun, context: BenchContext): Promise<Pick<Outcome, "measured" | "error">> {
  try {
    return { measured: section.run ? await section.run(context) : [], error: null };
  } catch (error) {
    return { measured: rows, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function stoppedOf(begun: Begun): Outcome {
  return { section: begun.section, measured: begun.rows, error: new Error("it was stopped"), seconds: secondsOf(begun) };
}

function choose(only: string | undefined): readonly Section[] {
  if (only === undefined) return SECTIONS;
  const names = only.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !SECTIONS.some((section) => section.name === name));
  if (unknown !== undefined) throw new Error(`--only: there is no section "${unknown}". See --list.`);
  return SECTIONS.filter((section) => names.includes(section.name));
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      against: { type: "string" },
      list: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return print(USAGE);
  const sections = choose(values.only);
  if (values.list) return print(sections.map(({ name, work }) => `${name.padEnd(18)} ${work}`).join("\n"));
  if (values.against !== undefined) return compare(values.against, sections, values.json === true);
  const facts = machineFacts();
  if (!values.json) print(renderHeader(facts));
  const outcomes: Outcome[] = [];
  let begun: Begun | null = null;
  const end = (outcome: Outcome) => {
    begun = null;
    outcomes.push(outcome);
    if (!values.json) print(renderOutcome(outcome));
  };
  const begin = (section: Begun) => {
    begun = section;
  };
  const summarize = () =>
    print(values.json ? JSON.stringify({ ...facts, sections: outcomes.map(toJson) }, null, 2) : renderOutcomes(outcomes));
  const onStop = () => {
    const rest = sections.length - outcomes.length;
    if (begun !== null && begun.rows.length > 0) outcomes.push(stoppedOf(begun));
    summarize();
    process.stderr.write(`Stopped: ${rest} of ${sections.length} sections were not measured to the end.\n`);
  };
  const context = benchContext(onStop, (row) => begun?.rows.push(row));
  try {
    await runSections(sections, context, { begin, end });
    summarize();
    return outcomes.some(({ error }) => error !== null) ? 1 : 0;
  } finally {
    await context.close();
  }
}

async function compare(checkout: string, sections: readonly Section[], as_json: boolean): Promise<number> {
  const facts = machineFacts();
  const context = benchContext(
    () => process.stderr.write("Stopped before all was compared.\n"),
    () => {},
  );
  const failed: string[] = [];
  try {
    const comparisons = await compareWith(checkout, sections, context, (line) => {
      if (line.includes("FAILED")) failed.push(line);
      process.stderr.write(`${line}\n`);
    });
    print(as_json ? JSON.stringify({ ...facts, against: checkout, comparisons }, null, 2) : renderHeader(facts));
    if (!as_json) print(renderComparisons(comparisons));
    return failed.length > 0 ? 1 : 0;
  } finally {
    await context.close();
  }
}

function print(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
