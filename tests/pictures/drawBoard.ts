import type { Dashboard, Panel, Series } from "./askBoard.ts";
import { drawPanel } from "./drawPanel.ts";

/** The page's width, and Grafana's grid: 24 columns, lines of 30 pixels. */
export const PAGE_WIDTH = 1_080;
const [COLUMNS, LINE, TITLE] = [24, 27, 24];

export interface Drawn {
  readonly panel: Panel;
  readonly series: readonly Series[];
}

const STYLE = `body{margin:0;font:11px sans-serif;background:#f4f5f5;position:relative} h1{font-size:17px;margin:0;padding:9px 10px 0}
.panel{position:absolute;background:#fff;border:1px solid #dcdcdc;box-sizing:border-box;overflow:hidden} .row{position:absolute;font-weight:bold;padding:9px 10px;font-size:13px}
.title{font-weight:bold;padding:6px 8px 2px;white-space:nowrap} svg line,svg rect{shape-rendering:crispEdges} svg text{font-size:10px;fill:#555} .legend{padding:0 8px;line-height:16px} .legend span{margin-right:10px;white-space:nowrap}
.none{color:#999;font-size:18px;text-align:center;padding-top:28px} .figures{display:flex;flex-wrap:wrap;justify-content:space-around;text-align:center;padding:8px 4px} .figures>div{min-width:70px}
.faint{color:#aaa;display:block} table{border-collapse:collapse;width:100%;font-size:13px} th,td{text-align:left;padding:6px 10px;border-bottom:1px solid #eee}`;

/** A dashboard as a page, its panels where Grafana would put them. */
export function drawBoard({ title }: Dashboard, note: string, drawn: readonly Drawn[]): { readonly html: string; readonly height: number } {
  const top = 52;
  const height = top + Math.max(...drawn.map(({ panel: { gridPos } }) => gridPos.y + gridPos.h)) * LINE + 10;
  const panels = drawn.map(({ panel, series }) => box(panel, series, top));
  return {
    html: `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><h1>${title}</h1><div style="padding:3px 10px;color:#666">${note}</div>${panels.join("")}`,
    height,
  };
}

function box(panel: Panel, series: readonly Series[], top: number): string {
  const { x, y, w, h } = panel.gridPos;
  const column = PAGE_WIDTH / COLUMNS;
  const place = `left:${x * column + 3}px;top:${top + y * LINE}px;width:${w * column - 6}px;height:${h * LINE - 6}px`;
  if (panel.type === "row") return `<div class="row" style="${place}">${panel.title}</div>`;
  const inside = drawPanel(panel, series, { width: w * column - 10, height: h * LINE - TITLE - 10 });
  return `<div class="panel" style="${place}"><div class="title">${panel.title}</div>${inside}</div>`;
}
