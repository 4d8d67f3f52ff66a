import { signal } from "@preact/signals";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Whether the reader's screen is dark: a canvas has to be drawn anew when that changes. */
export const isDark = signal(dark.matches);
dark.addEventListener("change", ({ matches }) => {
  isDark.value = matches;
});

/** A colour of the style sheet, by the name of its custom property, for what is drawn on a canvas. */
export function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
