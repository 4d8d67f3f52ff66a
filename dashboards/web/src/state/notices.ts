import { type ReadonlySignal, signal } from "@preact/signals";

export interface Notice {
  readonly key: string;
  readonly kind: "info" | "good" | "warn" | "bad";
  readonly text: string;
}

/** What the page tells beside its content, until it is dismissed. One of a key takes the place of the former. */
const shown = signal<readonly Notice[]>([]);

function tell(kind: Notice["kind"], key: string, text: string): void {
  // Asked for while a page is drawn, which must not change in that moment.
  queueMicrotask(() => {
    if (shown.peek().some((one) => one.key === key && one.text === text)) return;
    shown.value = [...shown.peek().filter((one) => one.key !== key), { kind, key, text }];
  });
}

export const notices = {
  shown,
  info: (key: string, text: string) => tell("info", key, text),
  good: (key: string, text: string) => tell("good", key, text),
  warn: (key: string, text: string) => tell("warn", key, text),
  bad: (key: string, text: string) => tell("bad", key, text),
  dismiss: (key: string) => {
    shown.value = shown.peek().filter((one) => one.key !== key);
  },
  /** What was said of the address of a page is over with another page: before that one is drawn, so that what it says itself stays. */
  forgetWith: (place: ReadonlySignal<{ readonly page: string | null }>): (() => void) => {
    let former = place.peek().page;
    return place.subscribe(({ page }) => {
      if (page === former) return;
      former = page;
      shown.value = [];
    });
  },
};
