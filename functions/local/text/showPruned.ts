import type { PruneAnswer } from "../../../shared/contracts/prune.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { renderTable } from "./table.ts";

/** What may go, or has gone, a line a kind. */
export function renderPruned({ applied, kinds }: PruneAnswer): string {
  const rows = kinds.map(({ kind, days, before, found, bytes }) => [
    kind,
    counted(days, "day"),
    before.slice(0, 10),
    String(found),
    bytes === 0 ? "" : `${(bytes / 1e6).toFixed(1)} MB`,
  ]);
  const table = renderTable(
    [
      { title: "kind" },
      { title: "kept" },
      { title: "older than" },
      { title: applied ? "removed" : "may go", align: "right" },
      { title: "size", align: "right" },
    ],
    rows,
  );
  const words = kinds.map(({ kind, what }) => `${kind}: ${what}.`);
  const next = applied
    ? "The database's file keeps its size, and fills what was freed."
    : "Nothing was changed. To remove it: fx prune --apply";
  return [table, "", ...words, next].join("\n");
}
