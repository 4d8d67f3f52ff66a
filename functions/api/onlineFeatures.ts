import { getOnlineFeatures, getOnlineFeaturesSchema, MAX_ONLINE_ROWS } from "../../shared/contracts/onlineFeatures.ts";
import { handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { fieldsOf } from "../../shared/historical/featureSelection.ts";
import type { OnlineTtlMode } from "../../shared/online/featureStatus.ts";
import { createOnlineAnswers } from "../../shared/online/onlineAnswer.ts";
import { readOnlineQuestion } from "../../shared/online/onlineQuestion.ts";
import { wantedRows } from "../../shared/online/wantedRows.ts";
import type { KeptOnlineRows } from "../serving/keptOnlineRows.ts";
import { type OnlineRowPorts, onlineRows } from "../serving/onlineRows.ts";
import { createFeatureSelections } from "./featureSelections.ts";
import type { FeatureServicePorts } from "./featureServices.ts";
import { parseBody } from "./parseBody.ts";

/** A promotion reaches what is answered within this time, as it does for /predict. */
const SERVICE_KEPT_MS = 5 * SECOND;

export interface OnlineFeatureOptions {
  readonly ports: Pick<OnlineRowPorts, "features"> & FeatureServicePorts & { readonly config: { readonly online_ttl?: OnlineTtlMode } };
  readonly kept: KeptOnlineRows;
}

/** Online features for Feast's clients. It reads its body by itself, as /predict does: most of the time of an answer is the way to the handler. */
export function onlineFeatureRoutes({ ports, kept }: OnlineFeatureOptions): MountedRoute {
  const selectionOf = createFeatureSelections(ports, SERVICE_KEPT_MS);
  const onlineAnswer = createOnlineAnswers();
  const { online_ttl: ttl = "enforced" } = ports.config;
  return handleRaw(getOnlineFeatures, async (context) => {
    const body = await parseBody(context.req.raw, getOnlineFeaturesSchema, getOnlineFeatures.body.max_bytes);
    const { full_feature_names, include_feature_view_version_metadata: with_versions } = body;
    const names = { feature_service: body.feature_service ?? undefined, features: body.features ?? undefined };
    const { selection } = await selectionOf({ ...names, full_feature_names });
    const question = readOnlineQuestion(body.entities, fieldsOf(selection), MAX_ONLINE_ROWS);
    const now = ports.clock.now();
    const online = kept.reader((work) => context.executionCtx.waitUntil(work));
    const rows = await onlineRows({ online, features: ports.features }, question.instruments, wantedRows(selection), now);
    return context.body(onlineAnswer(question, rows, selection, { now, ttl, with_versions }), 200, {
      "content-type": "application/json",
    });
  });
}
