import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { identifyProcess } from "../processes/processIdentity.ts";

/** PID-STARTED-RANDOM: of which process it is, so that another one tells a folder in use from one that was left. */
const NAME = /^(\d+)-(\d+)-\w+$/;

/** A new folder of this process in `parent`, from where those are taken away that killed processes left there. */
export function makeWorkFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) if (isLeft(name)) rmSync(join(parent, name), { recursive: true, force: true });
  const self = identifyProcess(process.pid);
  if (!self) throw new AppError("internal", `The system does not tell when the process ${process.pid} was started.`);
  return mkdtempSync(join(parent, `${self.pid}-${self.started}-`));
}

function isLeft(name: string): boolean {
  const [, pid, started] = NAME.exec(name) ?? [];
  return pid !== undefined && identifyProcess(Number(pid))?.started !== Number(started);
}
