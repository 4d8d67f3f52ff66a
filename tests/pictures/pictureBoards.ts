import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Asked, askPanel, type Dashboard, type Panel } from "./askBoard.ts";
import { type Drawn, drawBoard, PAGE_WIDTH } from "./drawBoard.ts";
import { reducePng } from "./reducePng.ts";

/** Panels that may have nothing to show on one machine, with the reason. */
const MAY_BE_EMPTY: Readonly<Record<string, string>> = {
  GPU: "there is no GPU",
  "Memory of the GPU": "there is no GPU",
  "Drift of the worst feature over what is usual of it": "the training set of a young stack has fewer than eight times four weeks",
  "Stability of the importances": "the first version has none before it",
  "From a bar's close to its row that is served": "no bar may have closed since the stack is up",
  "Since a source of news answered well": "sources are asked every ten minutes, and may not have been yet",
  "Feeds that failed when last asked": "sources are asked every ten minutes, and may not have been yet",
  "Refused by reason": "no candle was refused",
  "Candles refused": "fewer than 100 lines came in a day",
};

const ROOT = join(import.meta.dirname, "../..");
const BOARDS = join(ROOT, "dashboards/grafana/json");

export interface Pictured {
  readonly expressions: number;
  /** Panels without an answer, with the reason where one is known. */
  readonly empty: readonly string[];
  readonly unexplained: readonly string[];
}

/** Asks for every panel of every dashboard, and makes a picture of each in docs/pictures. `note`: what the pictures are of. */
export async function pictureBoards(asked: Asked, instruments: readonly string[], note: string): Promise<Pictured> {
  const folder = mkdtempSync(join(tmpdir(), "fx-pictures-"));
  mkdirSync(join(ROOT, "docs/pictures"), { recursive: true });
  const [empty, unexplained, expressions] = [[] as string[], [] as string[], [] as string[]];
  for (const file of readdirSync(BOARDS).sort()) {
    const board = JSON.parse(readFileSync(join(BOARDS, file), "utf8")) as Dashboard;
    const drawn: Drawn[] = [];
    for (const { panel, of } of board.panels.flatMap((one) => repeated(one, instruments))) {
      const series = await askPanel(panel, { ...asked, instruments: of ?? asked.instruments });
      drawn.push({ panel, series });
      expressions.push(...(panel.targets ?? []).map(({ expr }) => expr));
      for (const { refId, expr } of panel.targets ?? [])
        if (!series.some((one) => one.refId === refId && one.points.length > 0)) {
          const reason = MAY_BE_EMPTY[panel.title];
          (reason ? empty : unexplained).push(`${board.title}, ${panel.title}, ${refId}: ${reason ?? expr}`);
        }
    }
    picture(join(folder, "page.html"), join(ROOT, "docs/pictures", file.replace(/json$/, "png")), drawBoard(board, note, drawn));
  }
  rmSync(folder, { recursive: true });
  return { expressions: new Set(expressions).size, empty, unexplained };
}

/** A panel that repeats is one an instrument, side by side. */
function repeated(panel: Panel, instruments: readonly string[]): { readonly panel: Panel; readonly of?: string }[] {
  if (panel.repeat === undefined) return [{ panel }];
  const w = Math.floor(panel.gridPos.w / instruments.length);
  return instruments.map((of, at) => ({
    panel: { ...panel, title: panel.title.replace("$instrument", of), gridPos: { ...panel.gridPos, x: at * w, w } },
    of,
  }));
}

function picture(page: string, png: string, { html, height }: { readonly html: string; readonly height: number }): void {
  writeFileSync(page, html);
  const profile = join(page, "../profile");
  const size = `--window-size=${PAGE_WIDTH},${height}`;
  execFileSync(
    "chromium",
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--hide-scrollbars",
      `--user-data-dir=${profile}`,
      size,
      `--screenshot=${png}`,
      `file://${page}`,
    ],
    { stdio: "ignore" },
  );
  writeFileSync(png, reducePng(readFileSync(png)));
}
