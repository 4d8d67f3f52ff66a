/** Where we mean to answer otherwise than MLflow's server, by the action of actions.py that shows it. docs/mlflow.md has the same list. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  list_artifacts_in_folders: "an empty file has the size 0 here, and none there",
  rename_deleted_experiment: "INVALID_PARAMETER_VALUE (400) here, INVALID_STATE (500, which clients repeat for minutes) there",
  rename_to_a_taken_experiment: "RESOURCE_ALREADY_EXISTS here, BAD_REQUEST there",
  archive_others_of_no_active_stage: "INVALID_PARAMETER_VALUE (400) here, INTERNAL_ERROR (500) there",
  search_runs_by_one_order_twice: "INVALID_PARAMETER_VALUE (400) here, INTERNAL_ERROR (500) there",
};
