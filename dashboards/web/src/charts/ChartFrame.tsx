import type { ComponentChildren, RefObject } from "preact";
import { Waiting } from "../ui/Answered.tsx";

/** The place of a chart on the page: what it waits for, why it could not be loaded, and below it what is given beside it. */
export function ChartFrame({
  label,
  height,
  frame,
  is_ready,
  error,
  children,
}: {
  /** Says in a sentence what is seen. */
  readonly label: string;
  readonly height: number;
  /** Where the library draws. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly is_ready: boolean;
  /** That the library did not come. */
  readonly error: Error | null;
  readonly children?: ComponentChildren;
}) {
  return (
    <figure class="chart">
      {error && (
        <p class="failed" role="alert">
          The chart could not be loaded ({error.message}). Load the page again; the figures are in the table.
        </p>
      )}
      <div role="img" aria-label={label} style={{ height: `${height}px` }} class="chart-frame">
        {!is_ready && !error && <Waiting height={height} />}
        <div ref={frame} class="chart-canvas" />
      </div>
      {children}
    </figure>
  );
}
