import { useEffect, useRef } from "preact/hooks";
import { hrefOf } from "../state/address.ts";
import { centredScroll } from "./centredScroll.ts";
import type { PageName } from "./pageName.ts";
import { PAGES, type PageEntry } from "./pages.ts";

const GROUPS: readonly PageEntry["group"][] = ["Trading", "Work", "Monitoring"];

/** The pages, on the left; on a narrow screen above, to be swept sideways. */
export function Rail({ current }: { readonly current: PageName | null }) {
  const entries = Object.entries(PAGES) as [PageName, PageEntry][];
  const rail = useRef<HTMLElement>(null);
  useEffect(() => {
    if (rail.current) showCurrent(rail.current);
  }, [current]);
  return (
    <nav class="rail" aria-label="Pages" ref={rail}>
      <a class="brand" href={hrefOf("now")}>
        fx-medallion
      </a>
      {GROUPS.map((group) => (
        <div key={group} class="rail-group">
          <div class="rail-title">{group}</div>
          {entries
            .filter(([, entry]) => entry.group === group)
            .map(([name, { title }]) => (
              <a key={name} href={hrefOf(name)} aria-current={name === current ? "page" : undefined}>
                {title}
              </a>
            ))}
        </div>
      ))}
      <div class="rail-group">
        <div class="rail-title">Programs</div>
        <a href="/docs">HTTP API</a>
      </div>
    </nav>
  );
}

/** Sweeps to where the reader is. By itself: scrollIntoView would move the page as well, which after going back stands where it was left. */
function showCurrent(rail: HTMLElement): void {
  const link = rail.querySelector('[aria-current="page"]');
  if (link === null) return;
  const [thing, frame] = [link.getBoundingClientRect(), rail.getBoundingClientRect()];
  rail.scrollTo({
    left: centredScroll({ start: thing.left, size: thing.width }, { start: frame.left, size: frame.width }, rail.scrollLeft),
    top: centredScroll({ start: thing.top, size: thing.height }, { start: frame.top, size: frame.height }, rail.scrollTop),
  });
}
