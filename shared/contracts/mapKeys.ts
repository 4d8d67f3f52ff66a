import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";

/** How a request narrows the tasks of a run: one field a dimension, each on its own. */

export const mapKeysField = z
  .array(instrumentSchema)
  .min(1)
  .max(200)
  .optional()
  .describe(
    "Instruments that tasks over instruments get an instance of; absent: the configured ones. Tasks over sources are not narrowed.",
  );

export const sourcesField = z
  .array(z.string().regex(/^[a-z0-9_]+$/, "expected the id of a news source: lower case letters, digits and underscores"))
  .min(1)
  .max(200)
  .optional()
  .describe("News sources that tasks over sources get an instance of; absent: all that are configured.");
