import type { ComponentChildren } from "preact";
import type { Answer } from "../../api/useAnswer.ts";
import { Answered, Empty } from "../../ui/Answered.tsx";

/** What a version may not have: where the server says 404, what is missing and why, in place of an error. */
export function WhereKept<Data>({
  answer,
  missing,
  height,
  children,
}: {
  readonly answer: Answer<Data>;
  readonly missing: ComponentChildren;
  readonly height: number;
  readonly children: (data: Data) => ComponentChildren;
}) {
  if (answer.data === undefined && answer.error?.status === 404) {
    return (
      <Empty>
        <p>{missing}</p>
        <p>{answer.error.message}</p>
      </Empty>
    );
  }
  return (
    <Answered answer={answer} height={height}>
      {children}
    </Answered>
  );
}
