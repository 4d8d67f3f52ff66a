import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { selectionEnd, sweepConfOf } from "../../../shared/models/sweepConf.ts";
import type { Ports } from "../ports.ts";
import { assembleDataset } from "../training/assembleTrainingSet.ts";

/**
 * The training set as it would have been assembled when the part by which the chosen model is judged had not begun: what comes after is
 * not withheld from the trials, it is not there.
 */
export const assembleSelectionSet = defineStep({
  name: "assemble_selection_set",
  report: z.strictObject({ written: z.int(), dataset: z.string(), features: z.int(), views: z.array(z.string()) }),
  run: async (ports: Ports, { conf, window, map_key }) => {
    const sweep = sweepConfOf(conf);
    return assembleDataset(ports, map_key, sweep.profile, selectionEnd(sweep, window.end));
  },
});
