import type { RegisteredView } from "../../../../shared/ports/featureStore.ts";

/** What a view's rows lie under, beside their instrument. */
export type ViewKey = Pick<RegisteredView, "view" | "schema_hash">;
