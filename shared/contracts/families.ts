import { MLFLOW_ERRORS } from "../mlflow/mlflowErrors.ts";
import { AIRFLOW_ERRORS } from "./airflow/airflowErrors.ts";
import { FEAST_ERRORS } from "./feastErrors.ts";
import { OWN_ERRORS } from "./route/ownErrors.ts";
import { defineFamily } from "./route/routeFamily.ts";

/** The Worker's routes for everybody: health, and what there is. */
export const OPEN_ROUTES = defineFamily({
  name: "open",
  about: "What there is, and which version answers: open to all",
  base: "",
  auth: null,
  error: OWN_ERRORS,
});

/** What watches over a server asks, as often as it likes: who has to wait for it would take the server for dead. */
const WATCHED = {
  ...OPEN_ROUTES,
  name: "liveness",
  about: "Whether it lives, and whether it can predict: asked as often as one likes",
  is_uncounted: true,
} as const;
export const LIVENESS_ROUTES = defineFamily({ ...WATCHED, base: "/livez" });
export const READINESS_ROUTES = defineFamily({ ...WATCHED, base: "/health" });

/** The page that shows them, and what it is made of. */
export const DOCS_ROUTES = defineFamily({
  name: "docs",
  about: "This description as a page, and the files of that page",
  base: "/docs",
  auth: null,
  error: OWN_ERRORS,
});

/** The web application. What it shows it asks of the other routes, with the key of whoever looks. */
export const WEB_ROUTES = defineFamily({
  name: "web",
  about: "The pages of the web application, and the files of those pages",
  base: "/ui",
  auth: null,
  error: OWN_ERRORS,
});

/** Predictions: for everybody, until keys are set. */
export const PREDICT_ROUTES = defineFamily({
  name: "predict",
  about: "Predictions, one or many at once",
  base: "/predict",
  auth: "api_key",
  scope: "predict",
  error: OWN_ERRORS,
});

/** The same, told as they change. */
export const STREAM_ROUTES = defineFamily({
  ...PREDICT_ROUTES,
  name: "stream",
  about: "Predictions as they change, by server-sent events",
  base: "/stream",
});

/** The Worker's routes for those who look after it. */
export const API_ROUTES = defineFamily({
  name: "api",
  about: "Models, features, data, imports and monitoring",
  base: "/api",
  auth: "admin_token",
  error: OWN_ERRORS,
});

/** Runbooks of the alerts: whoever is told of one has a link and no key. */
export const RUNBOOK_ROUTES = defineFamily({
  name: "runbooks",
  about: "What each alert means and what to do: open to all",
  base: "/api/runbooks",
  auth: null,
  error: OWN_ERRORS,
});

/** What was answered, and what became of it. */
export const PREDICTION_LOG_ROUTES = defineFamily({
  name: "prediction log",
  about: "What was really answered, what became of it, and what it was made of",
  base: "/predictions",
  auth: "admin_token",
  error: OWN_ERRORS,
});

/** What others say came of it. */
export const FEEDBACK_ROUTES = defineFamily({
  name: "feedback",
  about: "What came of a prediction, where others know it better than the bars",
  base: "/feedback",
  auth: "admin_token",
  error: OWN_ERRORS,
});

/** What Prometheus asks for. */
export const METRICS_ROUTES = defineFamily({
  name: "metrics",
  about: "What is counted and measured, for Prometheus",
  base: "/metrics",
  auth: "admin_token",
  error: OWN_ERRORS,
});

/** Pipelines, runs and tasks, in the shapes of Airflow's REST API v2, for its own clients and for everybody. */
export const AIRFLOW_ROUTES = defineFamily({
  name: "airflow",
  about: "Pipelines, runs, tasks, tries and logs in the shapes of Airflow's REST API v2, for its clients as well (docs/airflow.md)",
  base: "/api/v2",
  auth: "admin_token",
  empty_is_absent: true,
  error: AIRFLOW_ERRORS,
});
/** What Airflow's clients ask without a token. */
const AIRFLOW_OPEN = { auth: null, error: AIRFLOW_ERRORS } as const;
export const AIRFLOW_HEALTH = defineFamily({
  name: "airflow health",
  about: "Whether the scheduler lives, in Airflow's words",
  base: "/api/v2/monitor",
  ...AIRFLOW_OPEN,
});
export const AIRFLOW_VERSION = defineFamily({
  name: "airflow version",
  about: "Which version of Airflow's API this is",
  base: "/api/v2/version",
  ...AIRFLOW_OPEN,
});
export const AIRFLOW_LOGIN = defineFamily({
  name: "airflow login",
  about: "Tokens for Airflow's own command line",
  base: "/auth",
  ...AIRFLOW_OPEN,
});

const FEATURE_STORE = "Features of the past and of now, at the addresses of Feast's feature server (docs/feature-store.md)";

/** What a feature store's clients ask for, at the addresses of Feast's feature server. */
export const FEATURE_STORE_ROUTES = defineFamily({
  name: "feature store",
  about: FEATURE_STORE,
  base: "/get-historical-features",
  auth: "admin_token",
  error: OWN_ERRORS,
});

/** The rest of that server, for the clients themselves: they read errors of their own kind. */
const FEAST = { name: "feature store", about: FEATURE_STORE, auth: "admin_token", error: FEAST_ERRORS } as const;
export const ONLINE_FEATURE_ROUTES = defineFamily({ ...FEAST, base: "/get-online-features" });
export const PUSH_ROUTES = defineFamily({ ...FEAST, base: "/push" });
export const ONLINE_WRITE_ROUTES = defineFamily({ ...FEAST, base: "/write-to-online-store" });
export const MATERIALIZE_ROUTES = defineFamily({ ...FEAST, base: "/materialize" });
export const INCREMENTAL_ROUTES = defineFamily({ ...FEAST, base: "/materialize-incremental" });

/** MLflow's API as its clients ask for it; see shared/mlflow/canonicalPath.ts for its other addresses. */
const MLFLOW = { auth: "admin_token", takes_password: true, error: MLFLOW_ERRORS } as const;
export const MLFLOW_ROUTES = defineFamily({
  name: "mlflow",
  about: "MLflow's tracking server and model registry, for its own clients (docs/mlflow.md)",
  summary: "MLflow's REST API: experiments, runs and models for its own clients (docs/mlflow.md)",
  base: "/api/2.0/mlflow",
  ...MLFLOW,
});
export const MLFLOW_3_ROUTES = defineFamily({
  name: "mlflow 3",
  about: "What MLflow's API has under 3.0 only",
  summary: "what MLflow's API has under 3.0 only",
  base: "/api/3.0/mlflow",
  ...MLFLOW,
});
export const MLFLOW_ARTIFACTS = defineFamily({
  name: "mlflow artifacts",
  about: "Files of runs and models, for MLflow's clients",
  summary: "files of runs and models, for MLflow's clients",
  base: "/api/2.0/mlflow-artifacts",
  ...MLFLOW,
});
/** What its server says of itself, below the prefix that all of it is answered under as well. */
export const MLFLOW_SERVER = defineFamily({
  name: "mlflow server",
  about: "What MLflow's server says of itself",
  summary: "the same under a prefix, for an address of its own: MLFLOW_TRACKING_URI",
  base: "/mlflow",
  auth: null,
  error: MLFLOW_ERRORS,
});

/** What the host of one machine says to the Worker that it runs. */
export const HOST_ROUTES = defineFamily({
  name: "host",
  about: "What the process that runs this Worker says to it",
  base: "/drain",
  auth: "host_token",
  is_uncounted: true,
  error: OWN_ERRORS,
});

/** The sidecar's: any supervisor may watch its health. */
export const SIDECAR_HEALTH = defineFamily({
  name: "health",
  about: "Whether the sidecar can work",
  base: "",
  auth: null,
  is_uncounted: true,
  error: OWN_ERRORS,
});
export const SIDECAR_ROUTES = defineFamily({
  name: "sidecar",
  about: "Training, sentiment and pictures, for the Worker",
  base: "/v1",
  auth: "sidecar_token",
  is_uncounted: true,
  error: OWN_ERRORS,
});
