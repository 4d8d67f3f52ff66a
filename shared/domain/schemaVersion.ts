import { z } from "zod";
import { AppError } from "../errors.ts";
import { counted } from "./counted.ts";

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.int() })) });

/** The migrations of a version of the code, the oldest first, from its migrations/meta/_journal.json. */
export function migrationsOf(journal: unknown): readonly Migration[] {
  return journalSchema.parse(journal).entries.map(({ tag, when }) => ({ tag, when }));
}

/** A step of the database's schema: the name of its file, and the moment (epoch ms) of its making, which a database remembers it by. */
export interface Migration {
  readonly tag: string;
  readonly when: number;
}

/** How a database stands to the migrations that this version of the code knows. */
export interface SchemaState {
  /** Those that it lacks, in their order. */
  readonly missing: readonly Migration[];
  /** How many it has that are not known: a newer version wrote it. */
  readonly unknown: number;
}

/** `applied`: what the database remembers, in any order. */
export function compareSchema(known: readonly Migration[], applied: readonly number[]): SchemaState {
  const [have, knows] = [new Set(applied), new Set(known.map(({ when }) => when))];
  return { missing: known.filter(({ when }) => !have.has(when)), unknown: [...have].filter((when) => !knows.has(when)).length };
}

/** What to do about a database of a newer version, by what the code that meets it runs from. */
const REMEDIES = {
  checkout: "bring the code up to date (git pull, npm ci) and try again. Nothing was changed",
  deployment: "deploy the version that wrote it, or a later one",
} as const;

/** That a database is of a newer version, with what to do, and without a full stop; null: it is not. `what`: "The store data/lake/market". */
export function newerSchema(
  what: string,
  known: readonly Migration[],
  applied: readonly number[],
  runs_from: keyof typeof REMEDIES,
): string | null {
  const { unknown } = compareSchema(known, applied);
  if (unknown === 0) return null;
  const ahead = `${countOf(unknown)} that this one does not know, whose newest is ${newestOf(known)}`;
  return `${what} was written by a newer version of fx-medallion (${ahead}): ${REMEDIES[runs_from]}`;
}

/** Throws schema_mismatch where the database is of a newer version: this one would read and write it wrongly. `what` as newerSchema has it. */
export function requireKnownSchema(what: string, known: readonly Migration[], applied: readonly number[]): void {
  const newer = newerSchema(what, known, applied, "checkout");
  if (newer !== null) throw new AppError("schema_mismatch", `${newer}.`, { status: 503 });
}

/**
 * What is wrong with the schema of the database of a deployment, as a sentence that says what to do; null: nothing. `remedy`: how its migrations
 * are applied there.
 */
export function schemaProblem(known: readonly Migration[], applied: readonly number[], remedy: string): string | null {
  const newer = newerSchema("the database", known, applied, "deployment");
  if (newer !== null) return newer;
  const { missing } = compareSchema(known, applied);
  const [first] = missing;
  if (first === undefined) return null;
  const lacks = missing.length === 1 ? first.tag : `${first.tag} to ${missing.at(-1)!.tag}`;
  return `the database is ${countOf(missing.length)} behind (it lacks ${lacks}): ${remedy}`;
}

function countOf(migrations: number): string {
  return migrations === 1 ? "one migration" : counted(migrations, "migration");
}

function newestOf(known: readonly Migration[]): string {
  return known.at(-1)?.tag ?? "none";
}
