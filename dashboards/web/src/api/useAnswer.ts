import { useSignalEffect } from "@preact/signals";
import { type Query, QueryObserver } from "@tanstack/query-core";
import { useEffect, useMemo, useReducer } from "preact/hooks";
import { type Address, type AnswerAt, ask, type InputAt } from "./ask.ts";
import type { AskError } from "./askError.ts";
import { isSameSubject } from "./isSameSubject.ts";
import { isRefreshing, queries, REFRESH_MS } from "./queries.ts";

/** What a page knows of an answer: the last one that came, though the newest request may have failed. */
export interface Answer<Data> {
  readonly data: Data | undefined;
  readonly error: AskError | null;
  readonly is_first: boolean;
  /** The data are of another page or time of the same: those that are asked for have not come yet. */
  readonly is_former: boolean;
  /** When the data came, epoch ms; 0: not yet. */
  readonly at: number;
  ask(): void;
}

export interface AnswerOptions {
  /** How often it is asked for again while the page is looked at; null: never. */
  readonly refresh_ms?: number | null;
  /** False: not yet. */
  readonly is_wanted?: boolean;
}

/** Asks a route, keeps the answer fresh, and meanwhile keeps showing the last one about the same thing. */
export function useAnswer<At extends Address>(
  at: At,
  input: InputAt<At> = {} as InputAt<At>,
  options: AnswerOptions = {},
): Answer<AnswerAt<At>> {
  // A list of both would be a union of all that any route is asked, which is too much for the compiler.
  const key = [at as unknown, input as unknown];
  return useQuery<AnswerAt<At>>(key, (signal) => ask(at, input, signal), options);
}

/** The same of whatever is asked; `key` names it. */
export function useQuery<Data>(
  key: readonly unknown[],
  read: (signal: AbortSignal) => Promise<Data>,
  { refresh_ms = REFRESH_MS, is_wanted = true }: AnswerOptions = {},
): Answer<Data> {
  const settings = () => ({
    queryKey: key,
    queryFn: ({ signal }: { signal: AbortSignal }) => read(signal),
    enabled: is_wanted,
    refetchInterval: refresh_ms !== null && isRefreshing.peek() ? refresh_ms : (false as const),
    placeholderData: (former: Data | undefined, query: Query | undefined) =>
      query !== undefined && isSameSubject(query.queryKey, key) ? former : undefined,
  });
  const observer = useMemo(() => new QueryObserver<Data, AskError>(queries, settings() as never), []);
  const [, drawAgain] = useReducer<number, unknown>((count) => count + 1, 0);
  useEffect(() => observer.subscribe(drawAgain), [observer]);
  const named = JSON.stringify([key, is_wanted, refresh_ms]);
  useEffect(() => observer.setOptions(settings() as never), [named]);
  useSignalEffect(() => {
    void isRefreshing.value;
    observer.setOptions(settings() as never);
  });
  // Of the key of this very drawing: the observer learns of a new one only after it.
  const result = observer.getOptimisticResult(queries.defaultQueryOptions(settings() as never));
  return {
    data: result.data,
    error: result.error,
    is_first: result.data === undefined && result.error === null,
    is_former: result.isPlaceholderData,
    at: result.dataUpdatedAt,
    ask: () => void observer.refetch(),
  };
}
