import { z } from "zod";
import { defineStep, eachOf } from "../../../shared/dag/defineStep.ts";
import { DAY } from "../../../shared/domain/instant.ts";
import { toAppError } from "../../../shared/errors.ts";
import { describeValidation, type ValidatedVersion } from "../../../shared/notify/describeValidation.ts";
import type { Notification } from "../../../shared/ports/notifier.ts";
import type { Ports } from "../ports.ts";
import { loadStaging } from "./loadStaging.ts";
import { promoteToProduction } from "./promoteToProduction.ts";

/** A validation of older data is a replay: a backfill has hundreds, and changes nothing that serves. */
const RECENT_MS = 2 * DAY;

/**
 * Tells people what was promoted, or refused and why. It is the last task, after whatever became of the others; a channel that does not
 * take it is a warning in the log, and the others have it all the same.
 */
export const notify = defineStep({
  name: "notify",
  reads: { staged: eachOf(loadStaging), promoted: eachOf(promoteToProduction) },
  report: z.strictObject({ told: z.array(z.string()), failed: z.array(z.string()) }),
  run: async (ports: Ports, context) => {
    const { staged, promoted } = context.reads;
    if (Object.keys(staged).length === 0) return { kind: "skipped", reason: "No version was there to be validated." };
    if (context.window.end < ports.clock.now() - RECENT_MS)
      return { kind: "skipped", reason: "It was of data of the past: nobody waits to be told." };
    const versions = await Promise.all(
      Object.entries(staged).map(async ([map_key, { name, version }]): Promise<ValidatedVersion> => {
        const found = await ports.tracking.version(name, version);
        return { name, version, stage: found?.current_stage ?? "None", tags: found?.tags ?? {}, promoted: promoted[map_key] ?? null };
      }),
    );
    const { title, text } = describeValidation(versions, context.run_id);
    for (const line of [title, ...text.split("\n")]) context.log(line);
    const has_all = versions.every((one) => one.promoted !== null);
    const message: Notification = {
      id: `promotion:${context.run_id}`,
      kind: "promotion",
      severity: has_all ? "info" : "warning",
      title,
      text,
      labels: { dag_id: context.dag_id, run_id: context.run_id },
      starts_at: ports.clock.now(),
    };
    return { kind: "success", report: await tellAll(ports, context.log, message) };
  },
});

async function tellAll({ channels }: Pick<Ports, "channels">, log: (line: string) => void, message: Notification) {
  const [told, failed] = [[] as string[], [] as string[]];
  for (const channel of channels) {
    try {
      await channel.notify(message);
      told.push(channel.name);
    } catch (error) {
      log(`warning: ${channel.name} was not told: ${toAppError(error).message}`);
      failed.push(channel.name);
    }
  }
  return { told, failed };
}
