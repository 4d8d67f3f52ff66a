import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientVenv } from "../clients/clientVenv.ts";
import type { Checker } from "./checker.ts";
import type { Compose } from "./composeConfig.ts";
import { envExample } from "./envExample.ts";
import { hasTool } from "./hasTool.ts";
import { layOut } from "./layOut.ts";

const MANIFESTS = join(import.meta.dirname, "../../gpu-sidecar/kubernetes");
const SECRETS = { ADMIN_TOKEN: "admin", SIDECAR_TOKEN: "sidecar" };
const PROFILES = ["gpu", "monitoring"];
/** The oldest and the newest that the schemas are there for. */
const KUBERNETES = ["1.29", "1.37"];

/** compose.yaml, what it provisions, and the manifests, as the programs read them that are there for it. */
export async function checkFiles(checker: Checker, compose: Compose | null): Promise<void> {
  if (compose === null) checker.skip("compose.yaml", "nothing here reads it");
  else await checkCompose(checker, compose);
  await checkManifests(checker);
}

async function checkCompose(checker: Checker, compose: Compose): Promise<void> {
  await checker.check("compose.yaml alone is the platform and a sidecar", () => {
    expectEqual(Object.keys(compose(SECRETS).services).sort(), ["platform", "sidecar"]);
  });
  await checker.check("its profiles bring the rest, and every file that they mount is there", () => {
    const { services } = compose(SECRETS, PROFILES);
    expectEqual(Object.keys(services).sort(), ["alertmanager", "grafana", "platform", "prometheus", "sidecar", "sidecar-cuda"]);
    const mounts = Object.values(services).flatMap(({ volumes = [] }) => volumes.filter(({ type }) => type === "bind"));
    expectEqual(
      mounts.map(({ source }) => source).filter((path) => !existsSync(path)),
      [],
    );
  });
  await checker.check("it takes every default of .env.example as it stands there", () => {
    compose({ ...envExample(), ...SECRETS }, PROFILES);
  });
  for (const missing of Object.keys(SECRETS)) {
    await checker.check(`without ${missing} it says what to do`, () => {
      const said = messageOf(() => compose({ ...SECRETS, [missing]: "" }));
      if (!said.includes(missing) || !said.includes(".env.example")) throw new Error(`it says: ${said}`);
    });
  }
  await checkMonitoring(checker, compose);
}

/** The files that Prometheus and Alertmanager are started with, secrets and all, by their own programs. */
async function checkMonitoring(checker: Checker, compose: Compose): Promise<void> {
  const project = compose(SECRETS, PROFILES);
  for (const [service, tool, ...args] of [
    ["prometheus", "promtool", "check", "config", "etc/prometheus/prometheus.yml"],
    ["alertmanager", "amtool", "check-config", "etc/alertmanager/alertmanager.yml"],
  ] as const) {
    if (!hasTool(tool)) {
      checker.skip(`what ${service} is provisioned with`, `there is no ${tool} here (Debian: prometheus, prometheus-alertmanager)`);
      continue;
    }
    const folder = mkdtempSync(join(tmpdir(), "fx-provisioned-"));
    try {
      layOut(project, service, folder);
      await checker.check(`${tool} ${args.join(" ")}`, () => void run(tool, args, folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function checkManifests(checker: Checker): Promise<void> {
  if (!hasTool("kubectl")) return checker.skip("the manifests", "there is no kubectl here");
  const python = clientVenv("kubernetes");
  if (python === null) return checker.skip("the manifests", "kubernetes-validate is not to be had");
  for (const overlay of ["cpu", "gpu"]) {
    for (const version of KUBERNETES) {
      await checker.check(`the manifests of overlays/${overlay} are those of Kubernetes ${version}`, () => {
        const manifests = run("kubectl", ["kustomize", join(MANIFESTS, "overlays", overlay)], MANIFESTS);
        run(join(python, "../kubernetes-validate"), ["--strict", "--kubernetes-version", version, "-"], MANIFESTS, manifests);
      });
    }
  }
}

function run(program: string, args: readonly string[], cwd: string, input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: "utf8", ...(input === undefined ? {} : { input }) });
  if (status !== 0) throw new Error(error?.message ?? `${stdout}${stderr}`.trim());
  return stdout;
}

function messageOf(look: () => unknown): string {
  try {
    look();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

function expectEqual(found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`);
}
