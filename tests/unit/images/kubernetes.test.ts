import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { environmentOf, readDockerfile } from "../../support/images/dockerfile.ts";
import { knownMetrics } from "../../support/monitoring/knownMetrics.ts";

const FOLDER = join(import.meta.dirname, "../../../gpu-sidecar/kubernetes");
const read = (path: string) => parse(readFileSync(join(FOLDER, path), "utf8"));
const OVERLAYS = ["cpu", "gpu"] as const;
const compose = parse(readFileSync(join(FOLDER, "../../compose.yaml"), "utf8"), { merge: true });
const port = Number(environmentOf(readDockerfile(), "sidecar")["SIDECAR_PORT"]);
const { spec } = read("base/statefulset.yaml");
const [container] = spec.template.spec.containers;

describe("the manifests of the sidecar", () => {
  it("are all in the list of their kustomization", () => {
    const others = (folder: string) => readdirSync(join(FOLDER, folder)).filter((name) => name !== "kustomization.yaml");
    expect(read("base/kustomization.yaml").resources.toSorted()).toEqual(others("base").toSorted());
    for (const overlay of OVERLAYS) {
      const { patches, resources } = read(`overlays/${overlay}/kustomization.yaml`);
      expect(patches.map(({ path }: { path: string }) => path)).toEqual(others(`overlays/${overlay}`));
      expect(resources).toEqual(["../../base"]);
    }
  });

  it("ask the sidecar where it listens, for what it has", () => {
    expect(container.ports).toEqual([{ name: "http", containerPort: port }]);
    expect(read("base/service.yaml").spec.ports[0].port).toBe(port);
    expect(spec.template.metadata.annotations).toMatchObject({ "prometheus.io/port": String(port), "prometheus.io/path": "/v1/metrics" });
    expect(spec.serviceName).toBe(read("base/service.yaml").metadata.name);
  });

  it("set variables that the sidecar reads", () => {
    const settings = readFileSync(join(FOLDER, "../settings.ts"), "utf8");
    const variables = [
      ...container.env,
      ...OVERLAYS.flatMap((overlay) => read(`overlays/${overlay}/resources.yaml`).spec.template.spec.containers[0].env ?? []),
    ].map(({ name }: { name: string }) => name);
    expect(variables.filter((name) => !settings.includes(`  ${name}: `))).toEqual([]);
  });

  it("run the images of compose.yaml, confined", () => {
    const tags = OVERLAYS.map((overlay) => read(`overlays/${overlay}/kustomization.yaml`).images[0]);
    const images = ["sidecar", "sidecar-cuda"].map((name) => compose.services[name].image);
    expect(tags.map(({ name, newTag }) => `${name}:${newTag}`)).toEqual(images);
    expect(container.image).toBe(tags[0].name);
    expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10_001 });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("grow by metrics that the sidecar tells", async () => {
    const { own } = await knownMetrics();
    const { metrics, scaleTargetRef } = read("base/autoscaler.yaml").spec;
    expect(scaleTargetRef.name).toBe(read("base/statefulset.yaml").metadata.name);
    expect(
      metrics.map((metric: { pods: { metric: { name: string } } }) => metric.pods.metric.name).filter((name: string) => !own.has(name)),
    ).toEqual([]);
  });
});
