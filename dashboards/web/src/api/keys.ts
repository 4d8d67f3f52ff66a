import { createKeys } from "./createKeys.ts";

/** The key that this tab asks with: kept for the tab alone, and sent as a bearer token alone, so that no other site can make use of it. */
export const keys = createKeys(sessionStorage);
