import type { ComponentChildren } from "preact";

/** Something that the address names and that is not there, with a way back. */
export function Missing({
  title,
  children,
  back,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly back: { readonly href: string; readonly text: string };
}) {
  return (
    <div class="missing-thing">
      <h1>{title}</h1>
      <p>{children}</p>
      <p>
        <a href={back.href}>{back.text}</a>
      </p>
    </div>
  );
}
