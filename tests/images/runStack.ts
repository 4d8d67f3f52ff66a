import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { untilSo } from "../clients/watchedStack.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";
import { Checker } from "./checker.ts";
import type { ComposeProject } from "./composeConfig.ts";
import { type Container, startContainer } from "./container.ts";
import type { BuiltImage } from "./images.ts";
import { bringUpNetwork } from "./ownNetwork.ts";
import { watchStack } from "./watchStack.ts";

type Name = "sidecar" | "platform";

/** What runImages.ts hands over: what was built, and what compose.yaml comes to. */
const { images, project } = JSON.parse(readFileSync(0, "utf8")) as {
  images: Readonly<Record<Name, BuiltImage>>;
  project: ComposeProject;
};
const WORKER = "http://127.0.0.1:8787";
const SIDECAR = "http://127.0.0.1:8791";
const TOKEN = project.services["platform"]!.environment!["ADMIN_TOKEN"]!;
const [INSTRUMENT = "USD_SGD"] = project.services["platform"]!.environment!["INSTRUMENTS"]!.split(",");
/** What docs/images.md promises. */
const READY_WITHIN_S = 20;
const MEMORY_BELOW_MB = 1_200;
const ASKED = 150;
/** Without keys a hundred are answered in ten seconds (docs/access.md), and those that wait for the first one count. */
const PAUSE_MS = 150;
const LOOK_MS = 250;

const folder = mkdtempSync(join(tmpdir(), "fx-containers-"));
const hosts = bringUpNetwork();
const running = new Map<Name, Container>();
const checker = new Checker();

/** As compose would: its environment over the image's, its command behind the image's entry, its volumes and memory. */
async function start(name: Name): Promise<Container> {
  const [image, service] = [images[name], project.services[name]!];
  const set = Object.entries(service.environment ?? {}).filter((entry): entry is [string, string] => entry[1] !== null);
  const container = await startContainer({
    name,
    root: image.root,
    user: image.user,
    folder: image.folder,
    command: [...image.entrypoint, ...(service.command ?? image.command)],
    env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", ...image.env, ...Object.fromEntries(set) },
    mounts: (service.volumes ?? [])
      .filter(({ type }) => type === "volume")
      .map(({ source, target, read_only }) => ({ source: volume(source, image.user), target, is_writable: read_only !== true })),
    tmpfs: service.tmpfs ?? [],
    hosts,
  });
  running.set(name, container);
  return container;
}

/** An engine gives a new volume to the owner of the folder that it is mounted on. */
function volume(name: string, user: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  chownSync(path, Number(user), Number(user));
  return path;
}

async function secondsUntil(what: string, container: Container, look: () => Promise<boolean>): Promise<number> {
  const began = Date.now();
  while (!(await look().catch(whenNotThereYet))) {
    if (container.hasEnded()) throw new Error(`the container ended before ${what}:\n${container.output().slice(-4_000)}`);
    if (Date.now() - began > TIME_LIMIT_MS) throw new Error(`${what} did not come:\n${container.output().slice(-4_000)}`);
    await sleep(LOOK_MS);
  }
  return (Date.now() - began) / 1_000;
}

/** fetch says so where nobody listens. */
function whenNotThereYet(error: unknown): false {
  if (error instanceof TypeError) return false;
  throw error;
}

const isWell = (url: string) => async () => (await fetch(`${url}/health`)).status === 200;

/** Why the last one was not answered. */
let refusal = "";

/** The id of an answered prediction; null where there was no answer. */
async function predict(): Promise<string | null> {
  try {
    const body = JSON.stringify({ instrument: INSTRUMENT });
    const response = await fetch(`${WORKER}/predict`, { method: "POST", body, signal: AbortSignal.timeout(20_000) });
    if (response.status === 200) return ((await response.json()) as { prediction_id: string }).prediction_id;
    refusal = `${response.status} ${(await response.text()).slice(0, 300)}`;
    return null;
  } catch (error) {
    if (!(error instanceof TypeError) && (error as Error).name !== "TimeoutError") throw error;
    refusal = (error as Error).message;
    return null;
  }
}

/** All ids of the log; one that is there twice stands twice. */
async function loggedIds(): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: string = `instrument=${INSTRUMENT}&source=user&limit=500${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
    const response = await fetch(`${WORKER}/predictions?${query}`, { headers: { authorization: `Bearer ${TOKEN}` } });
    if (response.status !== 200) throw new TypeError(`GET /predictions is ${response.status}`);
    const page = (await response.json()) as { predictions: { prediction_id: string }[]; next_cursor: string | null };
    ids.push(...page.predictions.map(({ prediction_id }) => prediction_id));
    cursor = page.next_cursor;
  }
  return ids;
}

const jobsOf = async () => {
  const text = await (
    await fetch(`${SIDECAR}/v1/metrics`, {
      headers: { authorization: `Bearer ${project.services["sidecar"]!.environment!["SIDECAR_TOKEN"]}` },
    })
  ).text();
  return Number(/^fx_sidecar_jobs\{state="succeeded"\} (\d+)/m.exec(text)?.[1] ?? Number.NaN);
};

function report(line: string): void {
  console.log(`  ${line}`);
}

const answered: string[] = [];
/** Asks one after the other with a pause, until `count` have been answered or one was not, and keeps what was. How many. */
async function ask(count: number): Promise<number> {
  for (let done = 0; done < count; done++, await sleep(PAUSE_MS)) {
    const id = await predict();
    if (id === null) return done;
    answered.push(id);
  }
  return count;
}

async function askAll(): Promise<void> {
  const done = await ask(ASKED);
  if (done < ASKED) throw new Error(`the question after ${done} was not answered: ${refusal}`);
}

async function checkStack(): Promise<void> {
  const sidecar = await start("sidecar");
  report(`the sidecar answers ${(await secondsUntil("its health", sidecar, isWell(SIDECAR))).toFixed(1)} s after its start`);
  const platform = await start("platform");
  const up_s = await secondsUntil("the Worker", platform, isWell(WORKER));
  const idle = platform.memory();
  report(
    `the platform answers ${up_s.toFixed(1)} s after its start on an empty store, in ${idle.pss_mb.toFixed(0)} MB (${idle.processes} processes)`,
  );
  await checker.check(`an empty store is up within ${READY_WITHIN_S} s`, () => atMost(up_s, READY_WITHIN_S, "s"));
  const first_s = await secondsUntil("the first prediction", platform, async () => (await predict()) !== null);
  report(`the first prediction is answered after another ${first_s.toFixed(0)} s of collecting and training`);
  await secondsUntil("the end of the bootstrap", platform, async () => /Serving at/.test(platform.output()));

  await checker.check("nothing can be written but where a volume is", () => {
    for (const container of [sidecar, platform]) {
      const { status, output } = container.exec(["/bin/sh", "-c", "touch /app/x || touch /usr/x"]);
      if (status === 0 || !/Read-only file system/.test(output)) throw new Error(output);
    }
  });
  await checker.check("both are run by nobody in particular, who can gain nothing", () => {
    for (const [container, { user }] of [[sidecar, images.sidecar] as const, [platform, images.platform] as const]) {
      const { output } = container.exec(["cat", "/proc/1/status"]);
      const found = [/^Uid:\t(\d+)/m, /^CapEff:\t0*(\d+)/m, /^NoNewPrivs:\t(\d)/m].map((field) => field.exec(output)?.[1]);
      if (found.join(" ") !== `${user} 0 1`) throw new Error(output);
    }
  });
  await checker.check("fx in the container knows its stack, and its processes", () => {
    const [models, status] = [platform.exec(["fx", "models"]), platform.exec(["fx", "status"])];
    if (models.status !== 0 || !models.output.includes(INSTRUMENT)) throw new Error(models.output);
    if (!/^worker +\d+ +\d+ MB$/m.test(status.output)) throw new Error(status.output);
  });
  await checker.check("what changes something wants the key, by whichever name", async () => {
    for (const host of ["127.0.0.1:8787", "platform:8787"]) {
      const { status } = await fetch(`http://${host}/api/v2/dags`);
      if (status !== 401) throw new Error(`${host} answers ${status}`);
    }
  });

  await checker.check(`${ASKED} predictions are answered`, askAll);
  await sleep(10_000);
  const [one, other] = [platform.memory(), sidecar.memory()];
  report(`at rest: the platform ${one.pss_mb.toFixed(0)} MB (${one.processes} processes), the sidecar ${other.pss_mb.toFixed(0)} MB`);
  await checker.check(`both take less than ${MEMORY_BELOW_MB} MB`, () => atMost(one.pss_mb + other.pss_mb, MEMORY_BELOW_MB, "MB"));

  // In the middle of answering; what is under way then has no answer.
  const asking = ask(Number.POSITIVE_INFINITY);
  await sleep(5_000);
  await platform.kill();
  await asking;
  const before = answered.length;
  const again = await start("platform");
  const back_s = await secondsUntil("an answer after the kill", again, async () => {
    const id = await predict();
    if (id !== null) answered.push(id);
    return id !== null;
  });
  report(`killed after ${before} answers; on its volume it answers again ${back_s.toFixed(1)} s after its start`);
  await checker.check(`it is ready within ${READY_WITHIN_S} s`, () => atMost(back_s, READY_WITHIN_S, "s"));
  await checker.check(`${ASKED} more predictions are answered`, askAll);
  await checker.check(`each of ${answered.length} answered predictions is in the log once`, async () => {
    let counts = new Map<string, number>();
    const missing = () => answered.filter((id) => counts.get(id) !== 1);
    await untilSo("the log", async () => {
      counts = new Map();
      for (const id of await loggedIds()) counts.set(id, (counts.get(id) ?? 0) + 1);
      return missing().length === 0;
    }).catch(() => {
      throw new Error(`${missing().length} are missing, or there twice`);
    });
  });

  await checker.check("the sidecar keeps its jobs over a kill", async () => {
    const jobs = await jobsOf();
    await sidecar.kill();
    const next = await start("sidecar");
    await secondsUntil("the sidecar again", next, isWell(SIDECAR));
    if (!(jobs > 0) || (await jobsOf()) !== jobs) throw new Error(`${jobs} before, ${await jobsOf()} after`);
  });
  await watchStack(checker, project, join(folder, "monitoring"));
  await checker.check("both end in order when they are told to", async () => {
    for (const name of ["platform", "sidecar"] as const) {
      const began = Date.now();
      const code = await running.get(name)!.stop();
      report(`the ${name} ended with ${code} in ${((Date.now() - began) / 1_000).toFixed(1)} s`);
      if (code !== 0) throw new Error(running.get(name)!.output().slice(-2_000));
    }
  });
}

function atMost(found: number, limit: number, unit: string): void {
  if (found > limit) throw new Error(`${found.toFixed(1)} ${unit}`);
}

try {
  await checkStack();
} catch (error) {
  checker.failed++;
  console.log(`  WRONG: ${(error as Error).message}`);
  for (const [name, container] of running) writeFileSync(join(tmpdir(), `fx-image-${name}.log`), container.output());
} finally {
  for (const container of running.values()) await container.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
console.log(`\nimages: ${checker.summary()}`);
process.exit(checker.failed > 0 ? 1 : 0);
