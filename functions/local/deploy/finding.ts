/** One thing that was looked at before a deployment. */
export interface Finding {
  readonly about: "account" | "settings" | "configuration" | "database" | "bundle" | "plan" | "resources";
  /** With a problem nothing is deployed. */
  readonly state: "ok" | "note" | "problem";
  /** A sentence; of a problem with what to do about it. */
  readonly text: string;
}

export function problemsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ state }) => state === "problem");
}
