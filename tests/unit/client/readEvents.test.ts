import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvents, type StreamEvent } from "../../../client/readEvents.ts";

/** In pieces of the given sizes, the last one over and over. */
function streamed(text: string, sizes: readonly number[]): Response {
  const bytes = new TextEncoder().encode(text);
  let [at, turn] = [0, 0];
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const size = sizes[Math.min(turn++, sizes.length - 1)]!;
    if (at >= bytes.length) return controller.close();
    controller.enqueue(bytes.slice(at, at + size));
    at += size;
  };
  return new Response(new ReadableStream({ pull }));
}

async function eventsOf(text: string, sizes: readonly number[] = [1_000]): Promise<StreamEvent[]> {
  const events = [];
  for await (const event of readEvents(streamed(text, sizes))) events.push(event);
  return events;
}

describe("server-sent events", () => {
  it("are read as the standard has them", async () => {
    const text = "retry: 3000\n\n: nothing new\n\nevent: prediction\nid: 7\ndata: {\ndata:}\n\ndata: x\n\nevent: gone\n\ndata: cut off";
    expect(await eventsOf(text)).toEqual([
      { event: "prediction", id: "7", data: "{\n}" },
      { event: "message", id: "7", data: "x" },
    ]);
  });

  it("are the same however they come in pieces, and whatever ends their lines", async () => {
    const text = 'event: prediction\nid: é1\ndata: {"a": "€"}\n\n: x\n\ndata: 2\n\n';
    const whole = await eventsOf(text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        async (sizes, end) => {
          // A CR that is the last of all may be half of an end: what follows it decides.
          expect(await eventsOf(`${text.replaceAll("\n", end)}:${end}`, sizes)).toEqual(whole);
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });
});
