import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import type { ViewSchema } from "../../../shared/features/viewSchema.ts";
import type { PipelineConfig } from "../ports.ts";
import { goldViewOf } from "./goldViewOf.ts";

/** The views that a model of this installation may read, in the order of its columns: the market's, which it always reads, and news. */
export function modelViews(config: Pick<PipelineConfig, "instruments">): readonly ViewSchema[] {
  return [goldViewOf(config), NEWS_FEATURES];
}
