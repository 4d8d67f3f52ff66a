import type { Step } from "../../../shared/dag/step.ts";
import type { Check } from "../../../shared/monitoring/reading.ts";
import type { Ports } from "../ports.ts";
import { checkBusiness } from "./checkBusiness.ts";
import { checkDrift } from "./checkDrift.ts";
import { checkFeatures } from "./checkFeatures.ts";
import { checkFreshness } from "./checkFreshness.ts";
import { checkInfrastructure } from "./checkInfrastructure.ts";
import { checkPerformance } from "./checkPerformance.ts";
import { checkQuality } from "./checkQuality.ts";
import type { CheckReport } from "./recordReadings.ts";

/** The step behind each check; it has the check's name. */
export const CHECK_STEPS: Readonly<Record<Check, Step<Ports, CheckReport>>> = {
  freshness: checkFreshness,
  quality: checkQuality,
  features: checkFeatures,
  drift: checkDrift,
  performance: checkPerformance,
  business: checkBusiness,
  infrastructure: checkInfrastructure,
};
