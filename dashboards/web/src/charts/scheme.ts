import { signal } from "@preact/signals";

const dark = matchMedia("(prefers-color-scheme: dark)");

/**
 * Whether a canvas is drawn for a dark ground. It has to be drawn anew when that changes, and at once (by `subscribe`, not by the next
 * render): a browser that prints waits for nothing, and paper is white.
 */
export const isDark = signal(dark.matches);

/** While a page is printed, its root has this class, which the style sheet gives the colours of paper. */
const ON_PAPER = "on-paper";
const root = document.documentElement;

function follow(is_printing: boolean): void {
  root.classList.toggle(ON_PAPER, is_printing);
  isDark.value = dark.matches && !is_printing;
}

dark.addEventListener("change", () => follow(root.classList.contains(ON_PAPER)));
addEventListener("beforeprint", () => follow(true));
addEventListener("afterprint", () => follow(false));

/** A colour of the style sheet, by the name of its custom property, for what is drawn on a canvas. */
export function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
