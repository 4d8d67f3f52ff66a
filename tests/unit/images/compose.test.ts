import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { HISTORY_OPTION } from "../../../functions/local/stack/history.ts";
import { PORT_VARIABLES } from "../../../functions/local/stack/settings.ts";
import { environmentOf, readDockerfile } from "../../support/images/dockerfile.ts";

const ROOT = join(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

interface Service {
  readonly image: string;
  readonly profiles?: readonly string[];
  readonly build?: { readonly target: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly configs?: readonly { source: string; target: string }[];
  readonly read_only?: boolean;
  readonly healthcheck?: { readonly test: readonly string[] };
}
const compose = parse(read("compose.yaml"), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  configs: Record<string, { content: string }>;
};
const { services } = compose;
const stages = readDockerfile();
const sidecar_port = environmentOf(stages, "sidecar")["SIDECAR_PORT"]!;
const worker_port = String(PORT_VARIABLES.worker.port);

/** Every ${NAME…} of the file. */
const asked = new Set([...read("compose.yaml").matchAll(/\$\{(\w+)/g)].map(([, name]) => name!));
/** NAME=value, of which what has a default is commented out. */
const offered = [...read(".env.example").matchAll(/^(#?)([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, mark, name, value]) => ({
  name: name!,
  is_needed: mark === "",
  value: value!,
}));

/** The table of docs/configuration.md, of which these are not for a container, or are set by the image. */
const NOT_OFFERED = [
  "FX_WORKER_PORT",
  "FX_SQLD_PORT",
  "FX_SIDECAR_PORT",
  "FX_SIDECARS",
  "FX_SANDBOX_PORT",
  "FX_WORKER_HOST",
  "FX_WORKER_BUILD",
  "FX_INSPECTOR_PORT",
  "PREDICTIONS_INBOX",
  "SANDBOX_CANDLES",
  "XGBOOST_LIB",
];

describe("compose.yaml", () => {
  it("asks for what .env.example explains, and for nothing else", () => {
    const names = offered.map(({ name }) => name);
    expect([...asked].sort()).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
  });

  it("needs what stands in .env.example without a default", () => {
    const needed = new Set([...read("compose.yaml").matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name!));
    expect([...needed].sort()).toEqual(["ADMIN_TOKEN", "SIDECAR_TOKEN"]);
    expect(offered.filter(({ is_needed }) => is_needed).map(({ name }) => name)).toEqual([...needed].sort());
    // No secret is in the repository.
    expect(offered.filter(({ is_needed, value }) => is_needed && value !== "")).toEqual([]);
  });

  it("offers every variable of docs/configuration.md, but for those that a container has no use for", () => {
    const table = read("docs/configuration.md")
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    const variables = table.flatMap((line) => [...line.split("|")[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
    expect(variables.filter((name) => !asked.has(name)).sort()).toEqual([...NOT_OFFERED].sort());
    expect(Object.keys(services["platform"]!.environment!).filter((name) => !variables.includes(name))).toEqual([]);
  });

  it("knows the variables of the sidecar, each by its name there", () => {
    const settings = read("gpu-sidecar/settings.ts");
    for (const name of ["sidecar", "sidecar-cuda"])
      for (const variable of Object.keys(services[name]!.environment!)) expect(settings).toContain(`  ${variable}: `);
  });

  it("gives what npm start gives by default, on the loopback alone", () => {
    const always = Object.entries(services).filter(([, { profiles }]) => profiles === undefined);
    expect(always.map(([name]) => name)).toEqual(["platform", "sidecar"]);
    expect(services["platform"]!.ports).toEqual([`\${FX_PUBLISH:-127.0.0.1}:\${FX_PORT:-${worker_port}}:${worker_port}`]);
    expect(services["sidecar"]!.ports).toBeUndefined();
    const others = Object.values(services).flatMap(({ ports = [], profiles }) => (profiles === undefined ? [] : ports));
    expect(others.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
    expect(read(".env.example")).toContain(`#FX_HISTORY=${/default (\d+)/.exec(HISTORY_OPTION.help)![1]}\n`);
  });

  it("finds each part where it listens", () => {
    expect(services["platform"]!.environment!["SIDECAR_URL"]).toBe(`\${SIDECAR_URL:-http://sidecar:${sidecar_port}}`);
    const health = (name: string) => services[name]!.healthcheck!.test.join(" ");
    expect(health("platform")).toContain(`http://127.0.0.1:${worker_port}/health`);
    for (const name of ["sidecar", "sidecar-cuda"]) expect(health(name)).toContain(`http://127.0.0.1:${sidecar_port}/health`);
  });

  it("builds what the Dockerfile makes, and confines what is ours", () => {
    for (const [name, service] of Object.entries(services)) {
      if (service.build === undefined) {
        expect(service.image, name).toMatch(/^[a-z]+\/[a-z]+:v?\d+\.\d+\.\d+$/);
        continue;
      }
      expect(stages.map((stage) => stage.name)).toContain(service.build.target);
      expect(service, name).toMatchObject({ read_only: true, cap_drop: ["ALL"], restart: "unless-stopped" });
      expect(
        service.volumes!.some((volume) => volume.endsWith(":/data")),
        name,
      ).toBe(true);
    }
  });

  it("mounts files that exist, and volumes that it names", () => {
    const sources = Object.values(services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.replace(/:\/.*$/, "")));
    const paths = sources.filter((source) => source.startsWith("./"));
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const names = sources.filter((source) => !source.startsWith("./")).map((source) => /^\$\{\w+:-(\w+)\}$/.exec(source)?.[1] ?? source);
    expect([...new Set(names)].sort()).toEqual(Object.keys(compose.volumes).sort());
    const configs = Object.values(services).flatMap(({ configs: used = [] }) => used.map(({ source }) => source));
    expect([...configs].sort()).toEqual(Object.keys(compose.configs).sort());
  });
});

interface Scrapes {
  readonly global: { readonly external_labels: object };
  readonly alerting: { readonly alertmanagers: readonly { static_configs: readonly { targets: readonly string[] }[] }[] };
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly static_configs: readonly { targets: readonly string[] }[];
    readonly authorization: { readonly credentials_file: string };
  }[];
}

describe("the monitoring of compose.yaml", () => {
  const [own, here] = ["compose.yml", "prometheus.yml"].map((name) => parse(read(`dashboards/prometheus/${name}`)) as Scrapes) as [
    Scrapes,
    Scrapes,
  ];

  it("scrapes what dashboards/prometheus/prometheus.yml does, but for where it is", () => {
    const placeless = (config: Scrapes) =>
      JSON.stringify(config)
        .replaceAll(/"targets":\["[^"]+"\]/g, "")
        .replace(/"fx_url":"[^"]+"/, "");
    expect(placeless(own)).toBe(placeless(here));
    expect(own.global.external_labels).toEqual({ fx_url: expect.stringMatching(/^\$\{PUBLIC_URL\}$/) });
    const targets = own.scrape_configs.map(({ job_name, static_configs }) => [job_name, ...static_configs[0]!.targets]);
    expect(targets).toEqual([
      ["fx-worker", `platform:${worker_port}`],
      ["fx-sidecar", `sidecar:${sidecar_port}`],
    ]);
    expect(own.alerting.alertmanagers[0]!.static_configs[0]!.targets).toEqual(["alertmanager:9093"]);
    // By the names that they are asked by.
    expect(services["platform"]!.environment!["ALLOWED_HOSTS"]).toMatch(/^platform,/);
    expect(services["sidecar"]!.environment!["ALLOWED_HOSTS"]!.split(",")).toContain("sidecar");
  });

  it("has every secret where the files look for it", () => {
    const wanted = [
      ...own.scrape_configs.map(({ authorization }) => `/etc/prometheus/${authorization.credentials_file}`),
      `/etc/alertmanager/${/slack_api_url_file: (\S+)/.exec(read("dashboards/alertmanager/alertmanager.yml"))![1]}`,
    ];
    const given = Object.values(services).flatMap(({ configs = [] }) => configs.map(({ target }) => target));
    expect([...given].sort()).toEqual([...wanted].sort());
  });

  it("gives Grafana what its provisioning asks of the environment", () => {
    const provisioning = ["dashboards", "datasources"]
      .map((kind) => read(`dashboards/grafana/provisioning/${kind}/fx-medallion.yaml`))
      .join("");
    const variables = [...provisioning.matchAll(/: \$(\w+)$/gm)].map(([, name]) => name!);
    expect(Object.keys(services["grafana"]!.environment!)).toEqual(expect.arrayContaining(variables));
  });

  it("is of versions that the files are written for", () => {
    const [, prometheus, alertmanager] = /Prometheus (2\.42) and later \(3 as well\) and Alertmanager (0\.25) and later/.exec(
      read("dashboards/prometheus/README.md"),
    )!;
    const version = (name: string) => /:v?(\d+)\.(\d+)/.exec(services[name]!.image)!.slice(1).map(Number) as [number, number];
    const least = (text: string) => text.split(".").map(Number) as [number, number];
    for (const [name, from] of [
      ["prometheus", least(prometheus!)],
      ["alertmanager", least(alertmanager!)],
    ] as const) {
      const [major, minor] = version(name);
      expect(major > from[0] || (major === from[0] && minor >= from[1]), name).toBe(true);
    }
    // The address of the runbooks is looked up in the environment from this version on.
    expect(version("prometheus")[0]).toBeGreaterThanOrEqual(3);
  });
});
