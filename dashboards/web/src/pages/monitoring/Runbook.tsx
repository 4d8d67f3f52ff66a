import { hrefOf } from "../../state/address.ts";

/** What to do about an alert, as a link to its page. */
export function Runbook({ alert }: { readonly alert: string }) {
  return <a href={hrefOf("quality", ["runbook", alert])}>{alert}</a>;
}
