import type { AppError } from "../../../shared/errors.ts";

/** How a field of the HTTP API is typed on the command line; empty where its place on the line says what it is. */
const WORDS: Readonly<Record<string, string>> = {
  dag_id: "",
  dag_run_id: "",
  task_id: "",
  map_key: "",
  data_interval_start: "--from",
  data_interval_end: "--to",
  from_date: "--from",
  to_date: "--to",
  map_keys: "--instruments",
  conf: "--conf",
  name: "",
  version: "",
  reason: "--reason",
  by: "--by",
};

/** An error of the API in the words of the command that was typed: `--to: ...` for `data_interval_end: ...`. */
export function inCommandWords(error: AppError): string {
  const { message, details } = error;
  const field = typeof details["field"] === "string" ? details["field"] : "";
  // Of an element, as in map_keys.0, it is the option that was typed.
  const word = WORDS[field.split(".", 1)[0] ?? ""];
  if (word === undefined || !message.startsWith(`${field}: `)) return message;
  const rest = message.slice(field.length + 2);
  return word === "" ? rest : `${word}: ${rest}`;
}
