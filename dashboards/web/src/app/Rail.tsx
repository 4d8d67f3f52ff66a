import { hrefOf } from "../state/address.ts";
import { PAGES, type PageEntry, type PageName } from "./pages.ts";

const GROUPS: readonly PageEntry["group"][] = ["Trading", "Work", "Monitoring"];

/** The pages, on the left; on a narrow screen above, to be swept sideways. */
export function Rail({ current }: { readonly current: PageName | null }) {
  const entries = Object.entries(PAGES) as [PageName, PageEntry][];
  return (
    <nav class="rail" aria-label="Pages">
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
