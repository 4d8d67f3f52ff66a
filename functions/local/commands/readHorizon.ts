import { HORIZONS, type Horizon } from "../../../shared/labels/horizon.ts";
import { usageError } from "../text/localError.ts";

/** Null: none was given. */
export function readHorizon(text: string | null, command: string): Horizon | null {
  if (text === null) return null;
  const found = HORIZONS.find((horizon) => String(horizon) === text);
  if (found === undefined) throw usageError(`--horizon: "${text}" is not one of ${HORIZONS.join(", ")} bars.`, command);
  return found;
}
