import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { untilSo } from "../clients/watchedStack.ts";
import type { Checker } from "./checker.ts";
import type { ComposeProject } from "./composeConfig.ts";
import { hasTool } from "./hasTool.ts";
import { layOut } from "./layOut.ts";

/** Debian's programs, for those of the images. */
const PROGRAMS = { prometheus: "prometheus", alertmanager: "prometheus-alertmanager" } as const;
const PROMETHEUS = "http://127.0.0.1:9090/api/v1";
const ALERTMANAGER = "http://127.0.0.1:9093/api/v2";

/** The real Prometheus and Alertmanager on what compose.yaml gives theirs, while platform and sidecar run. */
export async function watchStack(checker: Checker, project: ComposeProject, folder: string): Promise<void> {
  const missing = Object.values(PROGRAMS).filter((program) => !hasTool(program));
  if (missing.length > 0)
    return checker.skip("Prometheus and Alertmanager on the containers", `${missing.join(" and ")} cannot be found here`);
  const processes = (["alertmanager", "prometheus"] as const).map((name) => start(project, name, join(folder, name)));
  try {
    await checker.check("Prometheus scrapes both by their names in compose.yaml, with the keys it is given", () =>
      untilSo("two targets that are up", async () => {
        const { activeTargets } = await ask<{ activeTargets: { health: string }[] }>("targets");
        return activeTargets.length === 2 && activeTargets.every(({ health }) => health === "up");
      }),
    );
    await checker.check("its rules are loaded, and it knows Alertmanager", async () => {
      const { groups } = await ask<{ groups: { rules: unknown[] }[] }>("rules");
      if (groups.flatMap(({ rules }) => rules).length < 30) throw new Error(`${groups.length} groups of rules`);
      const { activeAlertmanagers } = await ask<{ activeAlertmanagers: { url: string }[] }>("alertmanagers");
      if (!activeAlertmanagers.some(({ url }) => url.includes("alertmanager:9093"))) throw new Error(JSON.stringify(activeAlertmanagers));
    });
    await checker.check("Alertmanager runs with its routes", async () => {
      const { config } = (await (await fetch(`${ALERTMANAGER}/status`)).json()) as { config: { original: string } };
      if (!config.original.includes("inhibit_rules")) throw new Error(config.original);
    });
  } finally {
    for (const process of processes) process.kill("SIGKILL");
  }
}

/** With the files of its container below `folder`, which the command's paths are then looked for in. */
function start(project: ComposeProject, name: keyof typeof PROGRAMS, folder: string) {
  mkdirSync(folder, { recursive: true });
  layOut(project, name, folder);
  const args = project.services[name]!.command!.map((word) => word.replace(/=\//, `=${folder}/`));
  const env = { PATH: process.env["PATH"] ?? "", ...project.services[name]!.environment } as Record<string, string>;
  return spawn(PROGRAMS[name], args, { cwd: folder, env, stdio: "ignore" });
}

async function ask<Data>(what: string): Promise<Data> {
  return ((await (await fetch(`${PROMETHEUS}/${what}`)).json()) as { data: Data }).data;
}
