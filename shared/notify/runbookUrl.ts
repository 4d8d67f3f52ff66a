/** Where the runbook of an alert can be read: at the Worker's address where it is known, else its path in the repository. */
export function runbookUrl(alertname: string, public_url: string | null): string {
  if (public_url === null) return `dashboards/runbooks/${alertname}.md`;
  return `${public_url.replace(/\/+$/, "")}/api/runbooks/${alertname}`;
}
