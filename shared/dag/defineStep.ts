import type { z } from "zod";
import type { Read, ReportedStep, SliceContext, Step, StepContext, StepOutcome, StepReport } from "./step.ts";
import { checkOutcome, readCursor, readReport, readReports } from "./stepData.ts";

/** Read where it may be missing: the report, or null when the task was skipped, failed, or left none. */
export interface OptionalRead<Report> extends Read<Report> {
  readonly how: "optional";
}

/** Read of a task that is mapped over something else than the reader: the reports that there are, by map key. */
export interface EachRead<Report> extends Read<Report> {
  readonly how: "each";
}

export function optional<Report>(step: ReportedStep<Report>): OptionalRead<Report> {
  return { step, how: "optional" };
}

export function eachOf<Report>(step: ReportedStep<Report>): EachRead<Report> {
  return { step, how: "each" };
}

type ReadMap = Readonly<Record<string, ReportedStep<unknown> | OptionalRead<unknown> | EachRead<unknown>>>;

/** The reports that a step gets for what it says it reads. */
export type ReportsOf<Reads extends ReadMap> = {
  readonly [Name in keyof Reads]: Reads[Name] extends EachRead<infer Report>
    ? Readonly<Record<string, Report>>
    : Reads[Name] extends OptionalRead<infer Report>
      ? Report | null
      : Reads[Name] extends ReportedStep<infer Report>
        ? Report
        : never;
};

export interface StepDefinition<Ports, Reads extends ReadMap, Report extends z.ZodType<StepReport>, Left extends z.ZodType> {
  readonly name: string;
  /**
   * Steps upstream whose reports it reads. Bare: the report must be there, so the task may only run when that one has succeeded. In
   * optional() or eachOf() where it may also run without. Checked when a DAG is defined.
   */
  readonly reads?: Reads;
  /** What it says when it is done, in JSON: a strict object in snake case. */
  readonly report: Report;
  /** What it leaves behind between two slices, in JSON; left out by a step of one slice. */
  readonly cursor?: Left;
  readonly run: (
    ports: Ports,
    context: StepContext<z.output<Left>> & { readonly reads: ReportsOf<Reads> },
  ) => Promise<StepOutcome<z.output<Report>, z.output<Left>>>;
  /** Where the work of several runs of a backfill can be done at once: see StepBlock. No context has a cursor then. */
  readonly block?: {
    readonly span_ms: number;
    readonly run: (
      ports: Ports,
      contexts: readonly (StepContext<z.output<Left>> & { readonly reads: ReportsOf<Reads> })[],
    ) => Promise<readonly StepOutcome<z.output<Report>, z.output<Left>>[] | null>;
  };
}

/**
 * A step whose reports and cursor are parsed before it runs, and what it says before that is written: what is missing or of another shape
 * is an error that names task and field (report_missing, report_malformed, cursor_malformed), and never reaches the step's code.
 */
export function defineStep<
  Ports,
  Report extends z.ZodType<StepReport>,
  Reads extends ReadMap = Readonly<Record<never, never>>,
  Left extends z.ZodType = z.ZodNever,
>(definition: StepDefinition<Ports, Reads, Report, Left>): Step<Ports, z.output<Report>> {
  const { name, report, cursor = null, block } = definition;
  const reads = Object.entries(definition.reads ?? {}).map(([key, read]) => ({ key, read: toRead(read) }));
  const typed = (context: SliceContext) => {
    const reports = Object.fromEntries(reads.map(({ key, read }) => [key, reportOf(read, context)]));
    return { ...context, cursor: readCursor(context, cursor), reads: reports } as unknown as Parameters<typeof definition.run>[1];
  };
  const checked = (context: SliceContext, outcome: StepOutcome<z.output<Report>, z.output<Left>>) => {
    checkOutcome(context, outcome as StepOutcome, { report, cursor });
    return outcome as StepOutcome;
  };
  return {
    name,
    report: report as unknown as z.ZodType<z.output<Report>>,
    reads: reads.map(({ read }) => read),
    run: async (ports, context) => checked(context, await definition.run(ports, typed(context))),
    ...(block && {
      block: {
        span_ms: block.span_ms,
        run: async (ports, contexts) => {
          const outcomes = await block.run(ports, contexts.map(typed));
          return outcomes && contexts.map((context, index) => checked(context, outcomes[index]!));
        },
      },
    }),
  };
}

function toRead(read: ReadMap[string]): Read {
  return "how" in read ? read : { step: read, how: "required" };
}

function reportOf(read: Read, context: SliceContext): unknown {
  return read.how === "each" ? readReports(context, read.step) : readReport(context, read.step, read.how);
}
