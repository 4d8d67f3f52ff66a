import type { Ports } from "../../../functions/pipelines/ports.ts";
import type { Cursor, SliceContext, Step, StepOutcome, StepReport } from "../../../shared/dag/step.ts";
import type { Effect } from "../../../shared/ports/effect.ts";

export interface ContextOptions extends Partial<Pick<SliceContext, "run_id" | "map_key" | "conf" | "cursor" | "try_number">> {
  readonly window: SliceContext["window"];
  /** Reports of upstream tasks. */
  readonly upstream?: Readonly<Record<string, StepReport | null>>;
  readonly upstreamAll?: Readonly<Record<string, StepReport>>;
}

export interface TestContext extends SliceContext {
  readonly lines: readonly string[];
  /** Writes what the step has prepared, as the settlement of its slice would. */
  settle(): Promise<void>;
}

/** What the engine would hand to a step. */
export function stepContext(options: ContextOptions): TestContext {
  const { upstream = {}, upstreamAll = {}, ...rest } = options;
  const lines: string[] = [];
  const effects: Effect[] = [];
  return {
    dag_id: "test_dag",
    run_id: "run-1",
    task_id: "test_task",
    map_key: "USD_SGD",
    try_number: 1,
    conf: {},
    cursor: null,
    ...rest,
    upstream: (task_id) => upstream[task_id] ?? null,
    upstreamAll: () => upstreamAll,
    log: (line) => void lines.push(line),
    withSettlement: (effect) => void effects.push(effect),
    lines,
    settle: async () => {
      for (const effect of effects) await effect.commit();
    },
  };
}

/** Runs a sliced step to its end as the engine does, cursor through JSON included. */
export async function runSlices(
  step: Step<Ports>,
  ports: Ports,
  options: ContextOptions,
): Promise<{ outcome: StepOutcome; slices: number }> {
  let cursor: Cursor | null = null;
  for (let slices = 1; slices <= 100; slices++) {
    const context = stepContext({ ...options, cursor });
    const outcome: StepOutcome = await step.run(ports, context);
    await context.settle();
    if (outcome.kind !== "continue") return { outcome, slices };
    cursor = JSON.parse(JSON.stringify(outcome.cursor)) as Cursor;
  }
  throw new Error("the step went on for 100 slices");
}
