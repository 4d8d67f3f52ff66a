import { type Hours, metricName } from "./runFacts.ts";

/** What runs can be sorted by, and what MLflow calls it. */
const FIELDS = {
  started: () => "attributes.start_time",
  name: () => "attributes.run_name",
  status: () => "attributes.status",
  profile: () => "params.profile",
  accuracy: (hours: Hours) => `metrics.${metricName(hours, "accuracy")}`,
  log_loss: (hours: Hours) => `metrics.${metricName(hours, "log_loss")}`,
  net_bp: (hours: Hours) => `metrics.${metricName(hours, "net_bp")}`,
} as const;
export type RunField = keyof typeof FIELDS;
export type RunOrder = RunField | `-${RunField}`;

/** A minus before it: the largest first. */
export const RUN_ORDERS = Object.keys(FIELDS).flatMap((field) => [field, `-${field}`]) as RunOrder[];

export const fieldOf = (order: RunOrder) => order.replace(/^-/, "") as RunField;

/** MLflow's order_by. */
export function orderBy(order: RunOrder, hours: Hours): string {
  return `${FIELDS[fieldOf(order)](hours)} ${order.startsWith("-") ? "DESC" : "ASC"}`;
}

/** A click on a column's head: the largest first, the smallest at the next click; a log loss is best where it is smallest, words begin with A. */
export function nextOrder(order: RunOrder, field: RunField): RunOrder {
  if (fieldOf(order) === field) return order.startsWith("-") ? field : `-${field}`;
  return field === "log_loss" || field === "name" || field === "profile" || field === "status" ? field : `-${field}`;
}
