import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { startMlflowServer } from "../clients/mlflowServer.ts";
import { copyRunsSql, MLFLOW_NAMES, OUR_NAMES, type TemplateRun } from "./copyRuns.ts";
import { outputOf } from "./outputOf.ts";
import { createStackStarter, SMALL_STORE, type StackHost, type StackUnderTest } from "./stackUnderTest.ts";

const COPIES_AT_ONCE = 2_000;
const peer = (name: string) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));

/** A stack and a real `mlflow server`, each on a store of its own, and the client's script that drives both. */
export interface BesideMlflow {
  readonly stack: StackUnderTest;
  /** What a phase of mlflowWork.py answers. */
  ask<Schema extends z.ZodType>(phase: string, answer: Schema, argument?: string): Promise<z.infer<Schema>>;
  /** Copies the template runs on both. */
  copyRuns(templates: { readonly ours: TemplateRun; readonly theirs: TemplateRun }, count: number, with_points: number): Promise<void>;
}

/** Starts both, and stops both when the work has ended. `python`: one with MLflow's server. */
export async function withMlflow<Result>(host: StackHost, python: string, work: (both: BesideMlflow) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "fx-beside-mlflow-"));
  try {
    const stack = await createStackStarter(folder, SMALL_STORE)(host);
    try {
      const server = await startMlflowServer(python, folder);
      try {
        return await work(bothOf(stack, server.url, python, folder));
      } finally {
        await server.stop();
      }
    } finally {
      await stack.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function bothOf(stack: StackUnderTest, mlflow_url: string, python: string, folder: string): BesideMlflow {
  return {
    stack,
    ask: async (phase, answer, argument = folder) => {
      const lines = (await outputOf(python, [peer("mlflowWork.py"), phase, stack.url, mlflow_url, argument])).trim().split("\n");
      return answer.parse(JSON.parse(lines.at(-1)!));
    },
    copyRuns: async ({ ours, theirs }, count, with_points) => {
      const database = stack.openDatabase();
      for (let first = 0; first < count; first += COPIES_AT_ONCE) {
        const copies = { first, end: Math.min(count, first + COPIES_AT_ONCE), with_points };
        // Statement by statement: sqld gives a transaction five seconds.
        for (const statement of copyRunsSql(ours, copies, OUR_NAMES)) await database.$client.execute(statement);
        const statements = JSON.stringify(copyRunsSql(theirs, copies, MLFLOW_NAMES));
        await outputOf(python, [peer("runSql.py"), join(folder, "mlflow.sqlite")], statements);
      }
    },
  };
}
