import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";
import { digits, timingsOf } from "../figures.ts";
import type { Measured, Section } from "../section.ts";

const CHILD = fileURLToPath(new URL("../children/coldModelLoad.ts", import.meta.url));
const PROCESSES = 7;

const loadSchema = z.object({ load_ms: z.number(), cpu_ms: z.number(), bytes: z.int() });

export const modelLoad: Section = {
  name: "model-load",
  work: "load the model of Production, cold",
  note: `read from workerd's R2, hashes checked, ready to answer; the first load of a process, ${PROCESSES} processes`,
  peer: "-",
  budget: "< 50 ms",
  run: async () => [await measure("nightly"), await measure("deep")],
};

async function measure(profile: TrainingProfile["name"]): Promise<Measured> {
  const loads: z.infer<typeof loadSchema>[] = [];
  for (let process = 0; process < PROCESSES; process++) loads.push(await loadOnce(profile));
  const [wall, cpu] = [timingsOf(loads.map(({ load_ms }) => load_ms)), timingsOf(loads.map(({ cpu_ms }) => cpu_ms))];
  return {
    label: `a model of the ${profile} profile, ${digits(loads[0]!.bytes / 1_024)} KiB`,
    text: `p50 ${digits(wall.p50_ms)} ms, of CPU ${digits(cpu.p50_ms)} ms; at least ${digits(Math.min(...loads.map(({ load_ms }) => load_ms)))} ms`,
    values: { load_p50_ms: wall.p50_ms, cpu_p50_ms: cpu.p50_ms, bytes: loads[0]!.bytes },
  };
}

async function loadOnce(profile: string) {
  const flags = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, CHILD, profile]);
  return loadSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1)!));
}
