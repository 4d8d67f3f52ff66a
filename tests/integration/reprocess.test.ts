import { env } from "cloudflare:workers";
import { describe, expect, inject, it } from "vitest";
import { DAY, toIso } from "../../shared/domain/instant.ts";
import { type Answer, call } from "./workerClient.ts";

/** The reprocess queue inside workerd, as a Worker of another project writes to it. */

const TO = inject("lastBarEnd");
const MESSAGE = {
  pipeline: "data_collection",
  instruments: ["USD_SGD"],
  from: toIso(TO - 2 * DAY),
  to: toIso(TO),
  reason: "the reprocess test",
};
/** What any producer on the queue may send. */
const send = (body: unknown) => env.REPROCESS.send(body as never, { contentType: "json" });

describe("a message on the reprocess queue", () => {
  it("becomes a backfill, which runs to its end", async () => {
    await send(MESSAGE);
    const { body } = await until("/api/v2/backfills?dag_id=data_collection", ({ body }) => body.backfills[0]?.state === "completed");
    expect(body.total_entries).toBe(1);
    expect(body.backfills[0]).toMatchObject({
      from_date: MESSAGE.from,
      to_date: MESSAGE.to,
      map_keys: ["USD_SGD"],
      sources: null,
      reason: "the reprocess test",
      reprocess_behavior: "completed",
      progress: { total: 3, success: 3 },
    });
    const runs = await call("GET", "/api/v2/dags/data_collection/dagRuns");
    expect(runs.body.dag_runs.map((run: { backfill_id: number }) => run.backfill_id)).toEqual(Array(3).fill(body.backfills[0].id));
  });

  it("that is malformed ends in the dead letters, counted, and can be corrected and replayed", async () => {
    await send({ ...MESSAGE, instruments: "USD_SGD" });
    await send("not even an object");
    const { body } = await until("/api/dead-letters?is_replayed=false", (answer) => answer.body.total_entries === 2);
    const letter = body.dead_letters.find((one: { body: unknown }) => typeof one.body === "object");
    expect(letter).toMatchObject({ queue: "fx-medallion-reprocess", body: { instruments: "USD_SGD" }, replayed_at: null });
    expect(letter.error).toMatch(/^instruments: /);

    const again = await call("POST", `/api/dead-letters/${letter.id}/replay`);
    expect([again.status, again.body.field]).toEqual([422, "instruments"]);
    const replayed = await call("POST", `/api/dead-letters/${letter.id}/replay`, { body: { ...MESSAGE, reason: "corrected" } });
    expect(replayed).toMatchObject({ status: 200, body: { reason: "corrected", map_keys: ["USD_SGD"] } });
    expect((await call("GET", "/api/dead-letters?is_replayed=false")).body.total_entries).toBe(1);
    const ended = await until(`/api/v2/backfills/${replayed.body.id}`, ({ body }) => body.state === "completed");
    expect(ended.body.progress).toMatchObject({ total: 3, success: 3 });
  });
});

/** Asks until the answer is the one that is waited for: the queue delivers within a second or two. */
async function until(path: string, is_there: (answer: Answer) => boolean): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await call("GET", path);
    if (is_there(answer)) return answer;
    if (tries >= 400) throw new Error(`GET ${path} still answers ${answer.status} ${JSON.stringify(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
