import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const RUN = join(import.meta.dirname, "../../../.ci/run");
/** What the script needs of the system it runs on; the programs that do the work stand beside, and only write down what they are asked. */
const NEEDED = ["dirname", "mktemp", "rm", "mkdir"];
const SERVERS = ["prometheus", "promtool", "prometheus-alertmanager", "amtool"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fx-ci-"));
  for (const name of ["bin", ".ci"]) mkdirSync(join(folder, name));
  copyFileSync(RUN, join(folder, ".ci/run"));
  for (const name of NEEDED) symlinkSync(execFileSync("which", [name], { encoding: "utf8" }).trim(), join(folder, "bin", name));
  for (const name of ["npm", "apt-get"]) provide(name, `echo "${name} $*" >> "${folder}/calls"`);
  provide("python3", 'mkdir -p "$3/bin"; echo "#!/bin/sh" > "$3/bin/pip"; /bin/chmod +x "$3/bin/pip"');
  provide("id", "echo 0");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function provide(name: string, script: string): void {
  writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** What the script asked for, on a machine that has these programs. */
function callsWith(programs: readonly string[]): string[] {
  for (const name of programs) provide(name, "exit 1");
  execFileSync("/bin/bash", [join(folder, ".ci/run")], { env: { PATH: join(folder, "bin"), TMPDIR: folder } });
  return readFileSync(join(folder, "calls"), "utf8").trimEnd().split("\n");
}

describe(".ci/run", () => {
  const isOfServers = (call: string) => /^apt-get install .*\bprometheus prometheus-alertmanager$/.test(call);
  it.each([
    ["nothing", [], true],
    ["Alertmanager alone", ["prometheus-alertmanager", "amtool"], true],
    ["Prometheus alone", ["prometheus", "promtool"], true],
    ["the two servers without a tool of theirs", ["prometheus", "prometheus-alertmanager", "promtool"], true],
    ["both", SERVERS, false],
  ])("with %s of the monitoring's servers there installs them or leaves them: %o, %s", (_there, programs, is_installed) => {
    expect(callsWith(["redis-server", ...programs]).filter(isOfServers)).toHaveLength(is_installed ? 1 : 0);
  });

  it("runs the tests, and those of the clients after what they want is there", () => {
    const calls = callsWith([]);
    expect(calls.filter((call) => call.startsWith("npm"))).toEqual(["npm ci", "npm test", "npm run test:clients"]);
    const installed = calls.filter((call) => call.startsWith("apt-get install"));
    expect(installed.map((call) => call.split(" ").at(-1))).toEqual(["chromium", "redis-server", "prometheus-alertmanager"]);
    // The pages are looked at by npm test.
    expect(calls.indexOf(installed[0]!)).toBeLessThan(calls.indexOf("npm test"));
    expect(calls.at(-1)).toBe("npm run test:clients");
  });

  it("installs nothing where it may not", () => {
    provide("id", "echo 1000");
    expect(callsWith([]).filter((call) => call.startsWith("apt-get"))).toEqual([]);
  });
});
