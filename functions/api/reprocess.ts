import { listDeadLetters, replayDeadLetter, requestReprocess } from "../../shared/contracts/reprocess.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { ReprocessQueue } from "../../shared/ports/reprocessQueue.ts";
import type { Reprocess } from "../engine/reprocess.ts";
import { queryOf } from "./page.ts";
import { viewOfBackfill } from "./viewOfBackfill.ts";
import { viewOfDeadLetter } from "./viewOfDeadLetter.ts";

/** Messages for the queue on which Workers send theirs, what is wrong with one being told at once; and those that could not be obeyed. */
export function reprocessRoutes(reprocess: Reprocess, queue: ReprocessQueue): MountedRoute[] {
  return [
    handle(requestReprocess, async ({ body: accepted }) => {
      reprocess.check(accepted);
      await queue.send(accepted);
      return { accepted };
    }),
    handle(listDeadLetters, async ({ query: { is_replayed, ...page } }) => {
      const found = await reprocess.deadLetters({ ...queryOf(page), ...(is_replayed === undefined ? {} : { is_replayed }) });
      return { dead_letters: found.dead_letters.map(viewOfDeadLetter), total_entries: found.total_entries };
    }),
    handle(replayDeadLetter, async ({ params, body }) => viewOfBackfill(await reprocess.replay(params.id, body.body))),
  ];
}
