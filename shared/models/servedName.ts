import { modelNameOf } from "./trainingProfile.ts";

/** True of the names of the models that training registers, and /predict is served by. */
export function isServedName(name: string): boolean {
  return /^[A-Z]{3}_[A-Z]{3}/.test(name) && name === modelNameOf(name.slice(0, 7));
}
