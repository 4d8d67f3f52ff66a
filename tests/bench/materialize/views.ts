import { goldViewOf } from "../../../functions/pipelines/common/goldViewOf.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import type { ViewSchema } from "../../../shared/features/viewSchema.ts";

/** The market's views, silver and gold. */
export const MATERIALIZED: readonly ViewSchema[] = [...SILVER_VIEWS, goldViewOf({ instruments: DEFAULT_INSTRUMENTS })];
