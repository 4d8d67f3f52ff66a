import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import { featureRows } from "../../functions/adapters/libsql/schema/features.ts";
import { predictions } from "../../functions/adapters/libsql/schema/serving.ts";
import { urlOf } from "../../functions/local/stack/settings.ts";
import { goldViewOf } from "../../functions/pipelines/common/goldViewOf.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { modelFeatureNames } from "../../shared/features/modelFeatures.ts";
import { NEWS_FEATURES } from "../../shared/features/news/newsView.ts";
import type { ViewSchema } from "../../shared/features/viewSchema.ts";
import type { KeptStack } from "./keptStack.ts";

/** Logged features that are not what the feature store holds for their moment, one line each. */
export async function findWrongFeatures({ plan }: Pick<KeptStack, "plan">): Promise<readonly string[]> {
  const database = createDatabase(urlOf(plan.ports.sqld), plan.tokens.sqld);
  try {
    const { instrument, event_time, features } = predictions;
    const logged = await database.selectDistinct({ instrument, event_time, features }).from(predictions);
    const rows = await database.select().from(featureRows);
    const market = goldViewOf({ instruments: plan.settings.instruments });
    const vectorsOf = (entity: string, view: ViewSchema, at?: number) =>
      rows
        .filter((row) => row.entity === entity && row.schema_hash === view.schema_hash && row.event_time === (at ?? row.event_time))
        .map(({ vector }) => inputsOf(view, entity as Instrument, vector));
    return logged
      .filter((one) => {
        const width = modelFeatureNames(market, one.instrument as Instrument).length;
        const [own, news] = [one.features.subarray(0, width), one.features.subarray(width)];
        const isNews = news.every(Number.isNaN) || vectorsOf(one.instrument, NEWS_FEATURES).some((vector) => areSame(vector, news));
        return !isNews || !vectorsOf(one.instrument, market, one.event_time).some((vector) => areSame(vector, own));
      })
      .map((one) => `${one.instrument} ${toIso(one.event_time)}: ${[...one.features.subarray(0, 4)].join(", ")}, …`);
  } finally {
    database.$client.close();
  }
}

/** What a model reads of a row, in its order; trees compare float32. */
function inputsOf(view: ViewSchema, instrument: Instrument, vector: Float64Array): Float64Array {
  const positions = new Map(view.features.map(({ name }, index) => [name, index]));
  return Float64Array.from(modelFeatureNames(view, instrument), (name) => Math.fround(vector[positions.get(name) ?? -1] ?? Number.NaN));
}

function areSame(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
