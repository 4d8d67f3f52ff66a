import {
  AIRFLOW_VERSION_NUMBER,
  airflowHealth,
  airflowVersion,
  listAssets,
  listDagTags,
  listDagVersions,
  listDagWarnings,
  listImportErrors,
  listJobs,
  loginOfClient,
  loginOfCommand,
} from "../../shared/contracts/airflow/server.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { MINUTE, SECOND, toIsoOrNull } from "../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import { ruleOf } from "../../shared/monitoring/thresholds.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { LedgerQueries } from "../../shared/ports/ledgerQueries.ts";
import { requireDag } from "../engine/requireDag.ts";
import { keptFor } from "../health/keptFor.ts";

export interface AirflowServerOptions {
  readonly dags: readonly DagDefinition[];
  readonly ledger: Pick<LedgerQueries, "pulse">;
  readonly clock: Clock;
  /** Commit of the code, where it is known. */
  readonly code_version: string | null;
  /** The token that a password stands for; null: for none. */
  readonly login: (password: string) => string | null;
}

/** Whoever may reach the server may ask for its health: the ledger is not asked each time. */
const KEPT = { good_ms: 5 * SECOND, bad_ms: 5 * SECOND } as const;

/** What Airflow's server says of itself, and the login of its command. */
export function airflowServerRoutes({ dags, ledger, clock, code_version, login }: AirflowServerOptions): MountedRoute[] {
  const health = keptFor(
    clock,
    KEPT,
    () => lookAt(ledger, clock),
    (found) => found.metadatabase.status === "healthy",
  );
  const logIn = ({ body }: { readonly body: { readonly password: string } }) => {
    const access_token = login(body.password);
    if (access_token !== null) return { access_token };
    throw new AppError("forbidden", "password: it is no valid key of this installation, nor its ADMIN_TOKEN.", { status: 401 });
  };
  return [
    handle(listImportErrors, () => ({ import_errors: [], total_entries: 0 })),
    handle(listDagWarnings, () => ({ dag_warnings: [], total_entries: 0 })),
    handle(listDagTags, () => ({ tags: [], total_entries: 0 })),
    handle(listJobs, () => ({ jobs: [], total_entries: 0 })),
    handle(listAssets, () => ({ assets: [], total_entries: 0 })),
    handle(listDagVersions, ({ params }) => {
      requireDag(dags, params.dag_id);
      return { dag_versions: [], total_entries: 0 };
    }),
    handle(airflowHealth, health),
    handle(airflowVersion, () => ({ version: AIRFLOW_VERSION_NUMBER, git_version: code_version })),
    handle(loginOfCommand, logIn),
    handle(loginOfClient, logIn),
  ];
}

/** As the monitoring has it: tasks that want nothing but a worker are not begun for so long. */
const LATE_AFTER_MIN = ruleOf("infrastructure", "ledger_lag_min").breach ?? 0;

async function lookAt(ledger: AirflowServerOptions["ledger"], clock: Clock) {
  const triggerer = { status: null, latest_triggerer_heartbeat: null };
  try {
    const now = clock.now();
    const { due_since, scheduled_at } = await ledger.pulse(now);
    const is_late = due_since !== null && now - due_since > LATE_AFTER_MIN * MINUTE;
    const scheduler = {
      status: is_late ? ("unhealthy" as const) : ("healthy" as const),
      latest_scheduler_heartbeat: toIsoOrNull(scheduled_at),
    };
    return { metadatabase: { status: "healthy" as const }, scheduler, triggerer, dag_processor: null };
  } catch (error) {
    console.error(`GET /api/v2/monitor/health: the ledger cannot be read: ${toAppError(error).message}`);
    const scheduler = { status: null, latest_scheduler_heartbeat: null };
    return { metadatabase: { status: "unhealthy" as const }, scheduler, triggerer, dag_processor: null };
  }
}
