import type { ComponentChildren } from "preact";

/** A page's title with a sentence of what it shows. */
export function PageHead({ title, children }: { readonly title: ComponentChildren; readonly children?: ComponentChildren }) {
  return (
    <div class="page-head">
      <h1>{title}</h1>
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}
