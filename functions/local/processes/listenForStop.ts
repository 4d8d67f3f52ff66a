const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** npm hands a Ctrl-C on to a process that the terminal has told already: what comes within this is the same one. */
const SAME_PRESS_MS = 1_000;

/** Fires at the first Ctrl-C (or SIGTERM, or the terminal's end); a second one ends the process at once. */
export function listenForStop(say: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  let first_at = 0;
  const stop = () => {
    if (!controller.signal.aborted) {
      first_at = Date.now();
      say("\nStopping. Ctrl-C again ends everything at once.");
      controller.abort();
    } else if (Date.now() - first_at > SAME_PRESS_MS) process.exit(1);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  // The reader of our output has gone (fx ... | head): nobody is left to serve.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    controller.abort();
  });
  return controller.signal;
}
