import { describe, expect, it } from "vitest";
import { inCommandWords } from "../../../functions/local/text/commandWords.ts";
import { AppError } from "../../../shared/errors.ts";

describe("inCommandWords", () => {
  it.each([
    ['dag_id: there is no DAG "nope".', 'there is no DAG "nope".'],
    ["data_interval_end: 2030-01-03T00:00:00Z is in the future.", "--to: 2030-01-03T00:00:00Z is in the future."],
    ["map_keys: each may be given once.", "--instruments: each may be given once."],
    ['dag_run_id: data_collection has no run "nope".', 'data_collection has no run "nope".'],
    ["INSTRUMENTS: is empty.", "INSTRUMENTS: is empty."],
    ["body: not JSON.", "body: not JSON."],
    ['name: no model is registered as "x".', 'no model is registered as "x".'],
    ["reason: is too long.", "--reason: is too long."],
    ["The Worker does not answer.", "The Worker does not answer."],
    ['map_keys.1: "gold" is not a pair.', '--instruments: "gold" is not a pair.'],
  ])("%s", (message, said) => {
    const [field] = message.split(": ", 1);
    expect(inCommandWords(new AppError("invalid_request", message, { details: { field } }))).toBe(said);
  });
});
