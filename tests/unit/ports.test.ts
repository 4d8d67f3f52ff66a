import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Names that an API, or a column of the ledger's tables, has for a time or a run. */
const API_WORDS = /\b(?:dag_run_id|dag_run_conf|logical_date|data_interval_(?:start|end)|(?:start|end|from|to)_date)\b|\biso\b|\w*Iso\w*/;
/** Types of answers: what functions/api makes of a port's values. */
const ANSWERS = /\b(?:DagRun|TaskInstance|TaskAttempt|\w+View|\w+Collection|Planned\w+|Cleared)\b/;
const IMPORT = /import (?:type )?\{([^}]*)\} from "[^"]*\/contracts\/[^"]*"/g;

const find = (pattern: string, faultOf: (text: string) => string | undefined) =>
  globSync(pattern).flatMap((file) => {
    const fault = faultOf(readFileSync(file, "utf8"));
    return fault === undefined ? [] : [`${file}: ${fault}`];
  });
const apiWordIn = (text: string) => API_WORDS.exec(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""))?.[0];
const answerIn = (text: string) => [...text.matchAll(IMPORT)].flatMap(([, names = ""]) => ANSWERS.exec(names)?.[0] ?? []).at(0);

it("ports speak milliseconds and domain words", () => {
  expect(find("shared/ports/*.ts", apiWordIn)).toEqual([]);
  expect(apiWordIn("readonly start_date: string;")).toBe("start_date");
  expect(apiWordIn("/** As start_date. */ readonly started_at: Instant;")).toBeUndefined();
});

it("the answers of the API are made in functions/api alone", () => {
  expect(find("{shared/ports,functions/{engine,adapters,pipelines,serving}}/**/*.ts", answerIn)).toEqual([]);
  expect(answerIn('import type { BackfillView } from "../../shared/contracts/backfills.ts";')).toBe("BackfillView");
  expect(answerIn('import type { TaskKey } from "../../shared/contracts/dags.ts";')).toBeUndefined();
});
