import type { ComponentChildren } from "preact";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { viewsOfFeatures } from "./viewsOfFeatures.ts";

/** A feature of a model by its name, as a link to its page; text where no view has it any more, as of a model that is older. */
export function FeatureLink({
  feature,
  instrument,
  children = feature,
}: {
  readonly feature: string;
  /** The pair whose values are looked at there; absent: what the reader has chosen. */
  readonly instrument?: string | undefined;
  readonly children?: ComponentChildren;
}) {
  const { data } = useAnswer("GET /api/features", {}, { refresh_ms: null });
  const view = data && viewsOfFeatures(data.views).get(feature);
  return <>{view === undefined ? children : <a href={hrefOf("features", [view, feature], { instrument })}>{children}</a>}</>;
}
