import type { ModelStage } from "../ports/tracking.ts";
import { requireLength } from "./limits.ts";
import { invalidParameter } from "./mlflowErrors.ts";

const STAGES: readonly ModelStage[] = ["None", "Staging", "Production", "Archived"];
/** Stages that a version is used from. */
const ACTIVE: readonly ModelStage[] = ["Staging", "Production"];
const MAX_ALIAS = 255;

/** A name of a registered model or a logged one: it stands in addresses as models:/NAME/VERSION. */
export function requireModelName(name: string): string {
  if (name.trim() === "") throw invalidParameter("Missing value for required parameter 'name'.");
  if (/[/:]/.test(name)) throw invalidParameter(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  if (name === "." || name === "..") throw invalidParameter(`Invalid model name '${name}'.`);
  return requireLength(name, 256, "name");
}

export function requireVersionNumber(version: string): string {
  if (/^\d{1,15}$/.test(version)) return String(Number(version));
  throw invalidParameter(`Parameter 'version' must be an integer, got '${version}'.`);
}

export function requireAlias(alias: string): string {
  if (alias === "") throw invalidParameter("Registered model alias name cannot be empty.");
  if (!/^[\p{L}\p{N}_-]*$/u.test(alias))
    throw invalidParameter(`Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`);
  return requireLength(alias, MAX_ALIAS, "Registered model alias name");
}

/** An alias that may be given: some have a meaning of their own in addresses. */
export function requireFreeAlias(alias: string): string {
  if (alias.toLowerCase() === "latest") throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  if (/^[vV]\d+$/.test(alias)) throw invalidParameter(`Version alias name '${alias}' is reserved.`);
  return requireAlias(alias);
}

/** A stage by its own spelling. */
export function requireStage(stage: string): ModelStage {
  const found = STAGES.find((known) => known.toLowerCase() === stage.toLowerCase());
  if (found) return found;
  throw invalidParameter(`Invalid Model Version stage: ${stage}. Value must be one of ${STAGES.join(", ")}.`);
}

export function isActiveStage(stage: ModelStage): boolean {
  return ACTIVE.includes(stage);
}
