import { pipelineActor } from "../../../shared/models/actor.ts";

/** Who promotes what passed its checks. */
export const GATE = pipelineActor("model_validation");
