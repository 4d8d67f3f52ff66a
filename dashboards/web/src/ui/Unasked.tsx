/** The place of something that is asked for and drawn when the reader comes near it. Nothing waits here. */
export function Unasked({ height = 80 }: { readonly height?: number }) {
  return (
    <div class="unasked" style={{ minHeight: `${height}px` }}>
      Scroll here to draw it.
    </div>
  );
}
