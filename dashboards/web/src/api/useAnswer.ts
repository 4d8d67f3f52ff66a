import { useSignalEffect } from "@preact/signals";
import { keepPreviousData, QueryObserver, type QueryObserverResult } from "@tanstack/query-core";
import { useEffect, useMemo, useState } from "preact/hooks";
import { type Address, type AnswerAt, ask, type InputAt } from "./ask.ts";
import type { AskError } from "./askError.ts";
import { isRefreshing, queries, REFRESH_MS } from "./queries.ts";

/** What a page knows of an answer: the last one that came, though the newest request may have failed. */
export interface Answer<Data> {
  readonly data: Data | undefined;
  readonly error: AskError | null;
  readonly is_first: boolean;
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

/** Asks a route, keeps the answer fresh, and keeps showing the last one meanwhile. */
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
    placeholderData: keepPreviousData,
  });
  const observer = useMemo(() => new QueryObserver<Data, AskError>(queries, settings() as never), []);
  const [result, setResult] = useState<QueryObserverResult<Data, AskError>>(() => observer.getCurrentResult());
  useEffect(() => observer.subscribe(setResult), [observer]);
  const named = JSON.stringify([key, is_wanted, refresh_ms]);
  useEffect(() => observer.setOptions(settings() as never), [named]);
  useSignalEffect(() => {
    void isRefreshing.value;
    observer.setOptions(settings() as never);
  });
  return {
    data: result.data,
    error: result.error,
    is_first: result.data === undefined && result.error === null,
    at: result.dataUpdatedAt,
    ask: () => void observer.refetch(),
  };
}
