import { instrumentSchema } from "../../../shared/domain/instrument.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";

/** A model that is meant by its name or, of one bar, by its pair. */
export function readModel(text: string): string {
  return instrumentSchema.safeParse(text).success ? modelNameOf(text) : text;
}
