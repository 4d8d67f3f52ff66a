import { z } from "zod";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { clientVenv } from "../../clients/clientVenv.ts";
import { type BesideMlflow, withMlflow } from "../besideMlflow.ts";
import { pairedRow, pairedTimesSchema } from "../pairedTimes.ts";
import type { Measured, Section } from "../section.ts";
import type { StackHost } from "../stackUnderTest.ts";

const RUNS = 10_000;
const COMPARED = 200;

const templateSchema = z.object({ experiment_id: z.string(), run_id: z.string() });
const templatesSchema = z.object({ ours: templateSchema, theirs: templateSchema });

/** MLflow's client on our stack and on the real server in turn. */
function mlflowSection(name: string, host: StackHost, command: string): Section {
  return {
    name,
    work: `MLflow's client 3.17.2, our stack (${command}) beside the real mlflow server`,
    note: "in turn, by the same client; ratios are medians over pairs. mlflow server with one worker on SQLite, as for the client tests",
    peer: "1 x",
    budget: "-",
    run: async () => {
      const python = clientVenv("mlflow3");
      if (python === null) return [{ label: "not measured: MLflow's client cannot be installed here", text: "SKIPPED", values: {} }];
      return withMlflow(host, python, measure);
    },
  };
}

async function measure(both: BesideMlflow): Promise<readonly Measured[]> {
  const logged = await both.ask("log", pairedTimesSchema);
  const loaded = await both.ask("load", pairedTimesSchema, `models:/${modelNameOf("USD_SGD")}/Production`);
  await both.copyRuns(await both.ask("template", templatesSchema), RUNS, COMPARED);
  const searched = await both.ask("search", z.object({ client: pairedTimesSchema, http: pairedTimesSchema }));
  const compared = await both.ask("compare", z.object({ table: pairedTimesSchema, files: pairedTimesSchema }), String(COMPARED));
  const found = `a page of 100 of ${RUNS.toLocaleString("en")} runs, by a filter and an order`;
  return [
    pairedRow("log a run (10 params, 20 metrics, 350 kB) and register it", logged, "<= 0.5 x"),
    pairedRow(`${found}, the client`, searched.client, "-"),
    pairedRow(`${found}, the answer alone`, searched.http, "<= 0.3 x"),
    pairedRow(`compare ${COMPARED} runs as the page does: all of them and a metric's curves`, compared.table, "< 1,000 ms"),
    pairedRow(`the lists of their files, one a request, six at once`, compared.files, "-"),
    pairedRow("mlflow.xgboost.load_model of Production", loaded, "-"),
  ];
}

export const mlflowDev = mlflowSection("mlflow-dev", "start", "npm start");
export const mlflowServe = mlflowSection("mlflow-serve", "serve", "fx serve");
