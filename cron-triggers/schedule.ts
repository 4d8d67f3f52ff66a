/** A cron of wrangler.toml (UTC), what it starts, and why it fires as often as it does. */
export interface CronTrigger {
  readonly cron: string;
  /** DAGs whose runs it creates. */
  readonly dag_ids: readonly string[];
  readonly reason: string;
}

/** The sweep: work whose hint was lost waits for it, so it fires as often as crons can. */
export const SWEEP_CRON = "* * * * *";

/** In the order in which the ticker fires what is due in one minute: the bar's close before what can wait a second. */
export const CRON_TRIGGERS: readonly CronTrigger[] = [
  {
    cron: SWEEP_CRON,
    dag_ids: [],
    reason: "Finds due tasks whose queue message was lost and tasks of workers that died. One query when there is nothing to do.",
  },
  {
    cron: "0 * * * *",
    dag_ids: ["market_feature_pipeline"],
    reason: "Hourly bars close on the hour: the pipeline asks for them itself from then on, and serves what they say within seconds.",
  },
  {
    cron: "*/10 * * * *",
    dag_ids: ["data_collection"],
    reason: "News six times an hour; and a bar that its close did not bring, from a source that was away, at most ten minutes later.",
  },
  {
    cron: "*/30 * * * *",
    dag_ids: ["news_feature_pipeline"],
    reason: "What was known by the hour is in the hour's row, which the next prediction reads; articles are read twice an hour.",
  },
  {
    cron: "*/15 * * * *",
    dag_ids: ["monitoring"],
    reason: "Trouble is told of within half an hour: an alert takes two looks in a row.",
  },
  {
    cron: "0 16 * * *",
    dag_ids: ["model_training"],
    reason: "Midnight in Singapore: a new model a day, trained on everything known by then, ready before the Asian morning.",
  },
];
