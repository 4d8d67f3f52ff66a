import type { ComponentChildren } from "preact";
import { State } from "../../ui/State.tsx";
import { isShownOnly, type Rule } from "./limits.ts";
import type { Status } from "./readings.ts";

/** A reading with what became of it: a sign and a colour where it is judged, and neither where it is only shown. */
export function ReadingState({
  status,
  rule,
  children,
}: {
  readonly status: Status;
  readonly rule: Rule | undefined;
  readonly children: ComponentChildren;
}) {
  if (status === "ok" && (rule === undefined || isShownOnly(rule))) return <span class="state">{children}</span>;
  return (
    <State state={status}>
      {children}
      <span class="unseen">, {status}</span>
    </State>
  );
}
