import type { ComponentChildren } from "preact";
import type { AskError } from "../api/askError.ts";
import type { Answer } from "../api/useAnswer.ts";
import { Time } from "./Time.tsx";

/**
 * What an answer shows: its content, that it is asked for, that it is empty and how it fills, or what went wrong. An error does not take
 * away what was there before: that is shown with its age. That there is nothing is said of what is asked for now alone.
 */
export function Answered<Data>({
  answer,
  is_empty,
  empty,
  children,
  height,
}: {
  readonly answer: Answer<Data>;
  readonly is_empty?: (data: Data) => boolean;
  /** What fills it. */
  readonly empty?: ComponentChildren;
  readonly children: (data: Data) => ComponentChildren;
  /** Of the place that is kept while nothing is there yet, px. */
  readonly height?: number;
}) {
  const { data, error, at, is_former } = answer;
  if (data === undefined) return error ? <Failed error={error} again={answer.ask} /> : <Waiting height={height} />;
  return (
    <>
      {error && (
        <Failed error={error} again={answer.ask}>
          What is shown is of <Time at={at} with_seconds />.
        </Failed>
      )}
      {!is_empty?.(data) ? children(data) : is_former ? <Waiting height={height} /> : <Empty>{empty}</Empty>}
    </>
  );
}

export function Waiting({ height = 80 }: { readonly height?: number | undefined }) {
  return (
    <div class="waiting" style={{ minHeight: `${height}px` }} role="status">
      Asking the server …
    </div>
  );
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <div class="empty">{children ?? "There is nothing yet."}</div>;
}

/** What the server said, as it said it. */
export function Failed({
  error,
  again,
  children,
}: {
  readonly error: AskError | Error;
  readonly again?: () => void;
  readonly children?: ComponentChildren;
}) {
  const problem = "problem" in error ? error.problem : { title: "This page failed", detail: error.message };
  return (
    <div class="failed" role="alert">
      <strong>{problem.title}</strong>: {problem.detail} {"hint" in problem && problem.hint} {children}{" "}
      {"request_id" in problem && problem.request_id !== undefined && <span class="quiet">request {problem.request_id}</span>}{" "}
      {again && (
        <button type="button" class="button button-small" onClick={again}>
          Ask again
        </button>
      )}
    </div>
  );
}
