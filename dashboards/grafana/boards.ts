import { buildBoard } from "./board.ts";
import { businessMetrics } from "./businessMetrics.ts";
import { dataQuality } from "./dataQuality.ts";
import { infrastructure } from "./infrastructure.ts";
import { modelPerformance } from "./modelPerformance.ts";

/** The dashboards by the names of their files in json/, as text. */
export function boardFiles(): ReadonlyMap<string, string> {
  const boards = [dataQuality(), modelPerformance(), businessMetrics(), infrastructure()];
  return new Map(boards.map((board) => [`${board.uid}.json`, `${JSON.stringify(buildBoard(board), null, 2)}\n`]));
}
