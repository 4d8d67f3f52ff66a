import { AppError } from "../../../shared/errors.ts";

/** The run that a run of model_reproduction trains again. Throws invalid_request where its conf names none. */
export function requireReproductionConf(conf: Readonly<Record<string, unknown>>): { run_id: string } {
  const { run_id } = conf;
  if (typeof run_id === "string" && /^[0-9a-f]{32}$/.test(run_id)) return { run_id };
  const message = `conf.run_id: ${JSON.stringify(run_id ?? null)} is not the id of a run, which are 32 hexadecimal digits.`;
  throw new AppError("invalid_request", message, { status: 422, details: { field: "conf.run_id" } });
}
