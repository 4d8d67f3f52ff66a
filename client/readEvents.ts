/** One event of a stream of server-sent events; `data` is its text. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
  /** The last one that was named: what a client comes back with as Last-Event-ID. */
  readonly id: string;
}

/**
 * The events of a response of GET /stream, for programs and for pages that must send a key, which a browser's EventSource does not. Lines and
 * fields as https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation has them. Ends with the response; whoever
 * stops reading early cancels it.
 */
export async function* readEvents({ body }: Response): AsyncGenerator<StreamEvent> {
  if (!body) return;
  let [event, id, data] = ["", "", [] as string[]];
  for await (const line of linesOf(body)) {
    const [field, value] = fieldOf(line);
    if (field === "event") event = value;
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "data") data.push(value);
    if (line !== "") continue;
    if (data.length > 0) yield { event: event || "message", data: data.join("\n"), id };
    [event, data] = ["", []];
  }
}

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(":");
  return colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
}

/** Ended by CR, LF or both. What has no end yet is no line. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      // A CR at the end may be the first half of an end.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } finally {
    await reader.cancel();
  }
}
