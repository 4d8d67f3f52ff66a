import type { z } from "zod";
import { describeIssue } from "../contracts/describeIssue.ts";
import { AppError, type ErrorCode } from "../errors.ts";
import type { Cursor, ReportedStep, SliceContext, StepOutcome, StepReport } from "./step.ts";

/** The report of an upstream task that has the reader's map key, or none. Null, for one that is optional, when it left none. */
export function readReport<Report>(context: SliceContext, step: ReportedStep<Report>, how: "required" | "optional"): Report | null {
  const stored = context.upstream(step.name);
  if (stored !== null && !isNone(stored)) return parseReport(context, step, step.name, stored);
  if (how === "optional") return null;
  const why = stored === null ? "did not succeed" : "left none, as one that is marked as a success by hand";
  throw refuse(context, "report_missing", `it reads the report of ${step.name}, which ${why}. ${clearing(context, step.name)}`, {
    upstream: step.name,
  });
}

/** The reports of an upstream task that is mapped over something else, by map key; those that left none are not among them. */
export function readReports<Report>(context: SliceContext, step: ReportedStep<Report>): Readonly<Record<string, Report>> {
  const stored = Object.entries(context.upstreamAll(step.name)).filter(([, report]) => !isNone(report));
  return Object.fromEntries(stored.map(([map_key, report]) => [map_key, parseReport(context, step, `${step.name} (${map_key})`, report)]));
}

/** What the last slice left; null at the first one. */
export function readCursor<Left>(context: SliceContext, schema: z.ZodType<Left> | null): Left | null {
  if (context.cursor === null) return null;
  const found = schema?.safeParse(context.cursor, { error: describeIssue });
  if (found?.success) return found.data;
  const problem = found ? describe(found.error) : { field: "cursor", text: "this step leaves none" };
  const text = `it cannot go on from where it stopped, which another release wrote (${problem.text}). ${clearing(context, context.task_id)}`;
  throw refuse(context, "cursor_malformed", text, { field: problem.field });
}

/** Refuses what the step itself says otherwise than it declares, before a later release or task trips over it. */
export function checkOutcome(
  context: SliceContext,
  outcome: StepOutcome,
  { report, cursor }: { readonly report: z.ZodType; readonly cursor: z.ZodType | null },
): void {
  if (outcome.kind === "success") requireDeclared(context, "report_malformed", report, outcome.report);
  if ((outcome.kind === "continue" || outcome.kind === "reschedule") && outcome.cursor !== null)
    requireDeclared(context, "cursor_malformed", cursor, outcome.cursor);
}

function requireDeclared(context: SliceContext, code: ErrorCode, schema: z.ZodType | null, value: StepReport | Cursor): void {
  const result = schema?.safeParse(value, { error: describeIssue });
  if (result?.success) return;
  const problem = result ? describe(result.error) : { field: "cursor", text: "it declares none" };
  throw refuse(context, code, `what its step left is not what the step declares (${problem.text})`, { field: problem.field });
}

function parseReport<Report>(context: SliceContext, step: ReportedStep<Report>, of: string, stored: StepReport): Report {
  const result = step.report.safeParse(stored, { error: describeIssue });
  if (result.success) return result.data;
  const { field, text } = describe(result.error);
  const advice = clearing(context, step.name);
  throw refuse(context, "report_malformed", `it cannot read the report of ${of}, which another release wrote (${text}). ${advice}`, {
    upstream: step.name,
    field,
  });
}

/** The ledger keeps a report for every success, if only an empty one. */
function isNone(report: StepReport): boolean {
  return Object.keys(report).length === 0;
}

function describe(error: z.ZodError): { readonly field: string; readonly text: string } {
  const issue = error.issues[0];
  const field = issue?.path.join(".") || "the whole";
  return { field, text: `${field}: ${issue?.message ?? "it cannot be read"}` };
}

function clearing({ dag_id, run_id }: SliceContext, task_id: string): string {
  return `Clear ${task_id}, and it starts over with all that follows: fx clear ${dag_id} ${run_id} --task ${task_id} --downstream --yes`;
}

function refuse(context: SliceContext, code: ErrorCode, text: string, details: Readonly<Record<string, unknown>>): AppError {
  const { dag_id, task_id, map_key } = context;
  const task = `${dag_id}.${task_id}${map_key === "" ? "" : ` (${map_key})`}`;
  return new AppError(code, `${task}: ${text}`, { details: { dag_id, task_id, map_key, ...details } });
}
