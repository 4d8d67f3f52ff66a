import { effect, signal } from "@preact/signals";
import { QueryClient } from "@tanstack/query-core";
import { AskError } from "./askError.ts";
import { keys } from "./keys.ts";

export const SECOND = 1_000;
export const REFRESH_MS = 30 * SECOND;

/** Whether what is shown is asked for again by itself. In a tab that is hidden it never is. */
export const isRefreshing = signal(true);

/** What was asked lately. A request that was refused is not repeated; one without an answer is, at the next turn. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      retry: (failures, error) => failures < 1 && error instanceof AskError && (error.status === null || error.status >= 500),
      retryDelay: SECOND,
      staleTime: 5 * SECOND,
      gcTime: 5 * 60 * SECOND,
      refetchOnReconnect: true,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: "always", retry: false },
  },
});
queries.mount();

// With another key everything may be answered differently.
let former = keys.key.peek();
effect(() => {
  if (keys.key.value === former) return;
  former = keys.key.value;
  void queries.resetQueries();
});
