import { byCount } from "../../../shared/domain/byCount.ts";
import type { Finding } from "../deploy/finding.ts";

const MARKS: Readonly<Record<Finding["state"], string>> = { ok: "ok     ", note: "       ", problem: "PROBLEM" };

/** What was found, by what it is about, and what comes next. */
export function renderDeployment(findings: readonly Finding[], was_applied: boolean): string {
  const subjects = [...new Set(findings.map(({ about }) => about))];
  const parts = subjects.map((subject) => {
    const lines = findings.filter(({ about }) => about === subject).map(({ state, text }) => `  ${MARKS[state]}  ${text}`);
    return [subject === "resources" ? "what a first deployment makes" : subject, ...lines].join("\n");
  });
  return [...parts, endingOf(findings.filter(({ state }) => state === "problem").length, was_applied)].join("\n");
}

function endingOf(problems: number, was_applied: boolean): string {
  if (problems > 0) return `Nothing was deployed: ${byCount(problems, "there is a problem", `there are ${problems} problems`)}.`;
  return was_applied ? "Deployed." : "Nothing was changed. fx deploy --apply does it.";
}
