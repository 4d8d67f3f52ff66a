import { sha256Hex } from "../../domain/hash.ts";
import type { TaskKey } from "../dags.ts";

/** Airflow's clients know a task of a run by a UUID as well: one made of its key (version 8), so that it is the same for ever. */
export function taskInstanceId({ dag_id, run_id, task_id, map_key }: TaskKey): string {
  const hex = sha256Hex(JSON.stringify([dag_id, run_id, task_id, map_key]));
  const variant = ((Number.parseInt(hex[16]!, 16) & 0b0011) | 0b1000).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}
