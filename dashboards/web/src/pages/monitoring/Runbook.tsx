/** The name of what to do about an alert: dashboards/runbooks has a page of that name. */
export function Runbook({ alert }: { readonly alert: string }) {
  return <code>{alert}</code>;
}
