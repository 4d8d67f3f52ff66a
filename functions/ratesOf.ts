import { clientAddressOf } from "../shared/contracts/limits/clientAddress.ts";
import { parseRateLimits } from "../shared/contracts/limits/rateLimits.ts";
import type { RateOptions } from "../shared/contracts/route/limitRates.ts";
import type { Settings } from "./environment.ts";

/** How often somebody may ask: the usual limits depend on whom ALLOWED_HOSTS lets ask at all. */
export function ratesOf(settings: Pick<Settings, "RATE_LIMITS" | "ALLOWED_HOSTS" | "CLIENT_ADDRESS_HEADER">): RateOptions {
  return {
    limits: parseRateLimits(settings.RATE_LIMITS, settings.ALLOWED_HOSTS),
    address_of: (headers) => clientAddressOf(headers, settings.CLIENT_ADDRESS_HEADER),
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
