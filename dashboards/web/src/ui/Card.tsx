import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** A part of a page with its title; it keeps its place while what it shows is asked for again. */
export function Card({
  title,
  about,
  actions,
  children,
  is_wide = false,
}: {
  readonly title: ComponentChildren;
  /** A sentence for somebody who has never seen this. */
  readonly about?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly is_wide?: boolean;
}) {
  const id = useId();
  return (
    <section class={is_wide ? "card card-wide" : "card"} aria-labelledby={id}>
      <header class="card-head">
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div class="card-actions">{actions}</div>}
      </header>
      {about !== undefined && <p class="about">{about}</p>}
      {children}
    </section>
  );
}
