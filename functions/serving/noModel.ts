import { counted } from "../../shared/domain/counted.ts";
import { type Instant, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { SERVED_HORIZON } from "../../shared/labels/horizon.ts";
import { modelNameOf, type NamedModel } from "../../shared/models/modelName.ts";
import type { BootstrapProgress } from "./bootstrapProgress.ts";

/** There is no model to answer with: while a bootstrap is under way, how far it is; else how to get one. */
export function noModel({ instrument, horizon_bars }: NamedModel, as_of: Instant | null, bootstrap: BootstrapProgress | null): AppError {
  const details = { instrument, model: modelNameOf(instrument, horizon_bars) };
  if (horizon_bars !== SERVED_HORIZON) return noLongerModel({ instrument, horizon_bars }, as_of, details);
  if (bootstrap !== null) {
    const { step, steps, dag_id, state, tasks_done, tasks_total } = bootstrap;
    return new AppError(
      "no_production_model",
      `No model of ${instrument} is in Production yet: the bootstrap is at step ${step} of ${steps}, ${dag_id} (${state}, ${tasks_done} of ` +
        `${counted(tasks_total, "task")} done), and promotes the first models with its last. npm run fx -- runs ${dag_id} shows what it does.`,
      { status: 503, retryable: true, details: { ...details, bootstrap } },
    );
  }
  const message =
    as_of === null
      ? `No model of ${instrument} is in Production. Train one with \`npm run fx -- backfill\`, or wait for model_training.`
      : `No model of ${instrument} was in Production at ${toIso(as_of)}. \`npm run fx -- backfill\` over a span before it trains one of that time.`;
  return new AppError("no_production_model", message, { status: 503, details });
}

/** Neither the bootstrap nor the schedule trains one. */
function noLongerModel(
  { instrument, horizon_bars }: NamedModel,
  as_of: Instant | null,
  details: Readonly<Record<string, unknown>>,
): AppError {
  const when = as_of === null ? "is in Production" : `was in Production at ${toIso(as_of)}`;
  const message = `No model of ${instrument} over ${counted(horizon_bars, "bar")} ${when}. Train one with \`npm run fx -- train ${instrument} --horizon ${horizon_bars}\`.`;
  return new AppError("no_production_model", message, { status: 503, details });
}
