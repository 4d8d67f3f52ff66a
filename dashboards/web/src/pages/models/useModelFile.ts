import { askText } from "../../api/ask.ts";
import { type Answer, useQuery } from "../../api/useAnswer.ts";

/** Larger than any of them that is read here; what is cut off could not be read as JSON. */
const MOST_CHARS = 20_000_000;

/** A file of JSON of a registered version. It never changes, so that it is asked for once. */
export function useModelFile<Content>(name: string, version: string, file: string, read: (content: unknown) => Content): Answer<Content> {
  return useQuery(
    ["model file", name, version, file],
    async (signal) => {
      const input = { params: { name, version, file } };
      const { text } = await askText("GET /api/models/{name}/versions/{version}/{file}", input, { max_chars: MOST_CHARS, signal });
      return read(JSON.parse(text));
    },
    { refresh_ms: null },
  );
}
