import { queries } from "../../api/queries.ts";

/** After something was done: whatever the page shows may be otherwise now. */
export async function refreshAll(): Promise<void> {
  await queries.invalidateQueries();
}
