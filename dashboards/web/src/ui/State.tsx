import type { ComponentChildren } from "preact";
import { signOf, type Tone, toneOf } from "./tone.ts";

/** A state as text with a sign and a colour. `children` is said in place of the state's own word. */
export function State({
  state,
  tone,
  children,
}: {
  readonly state?: string | null;
  readonly tone?: Tone;
  readonly children?: ComponentChildren;
}) {
  const shown = tone ?? toneOf(state);
  return (
    <span class={`state state-${shown}`}>
      <span aria-hidden="true" class="state-sign">
        {signOf(shown)}
      </span>
      {children ?? (state ?? "no status").replaceAll("_", " ")}
    </span>
  );
}
