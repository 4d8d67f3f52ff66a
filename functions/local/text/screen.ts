/** Where progress is shown. Results go to stdout by themselves; this is for the person who waits. */
export interface Screen {
  /** A line that stays. */
  say(line: string): void;
  /** The state of what is going on: one line that is written over on a terminal, a line a change elsewhere. */
  progress(line: string): void;
}

export interface ScreenStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Clears from the cursor to the end of the line (ECMA-48 EL). */
const CLEAR_LINE = "\r\u001b[K";

/** Lines of progress in a log come at least this far apart. */
const PLAIN_EVERY_MS = 3_000;

export function createScreen(stream: ScreenStream, now: () => number): Screen {
  return stream.isTTY === true ? terminalScreen(stream) : plainScreen(stream, now);
}

function terminalScreen(stream: ScreenStream): Screen {
  let isOpen = false;
  return {
    say(line) {
      stream.write(`${isOpen ? CLEAR_LINE : ""}${line}\n`);
      isOpen = false;
    },
    progress(line) {
      const width = (stream.columns ?? 80) - 1;
      stream.write(`${CLEAR_LINE}${line.slice(0, width)}`);
      isOpen = true;
    },
  };
}

/** Elapsed seconds alone are no change: a log of a build server should tell what happened, not that time passes. */
function plainScreen(stream: ScreenStream, now: () => number): Screen {
  let last = "";
  let last_at = Number.NEGATIVE_INFINITY;
  return {
    say: (line) => void stream.write(`${line}\n`),
    progress(line) {
      const change = withoutElapsed(line);
      if (change === last || now() - last_at < PLAIN_EVERY_MS) return;
      stream.write(`${line}\n`);
      last = change;
      last_at = now();
    },
  };
}

function withoutElapsed(line: string): string {
  return line.replace(/\s*\(?\b(\d+ h )?(\d+ min )?\d+(\.\d)? s\)?$/, "");
}
