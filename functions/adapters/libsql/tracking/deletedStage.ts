/** MLflow's word for the stage of what was deleted: the row stays, so that its number is not given again. */
export const DELETED_STAGE = "Deleted_Internal";
