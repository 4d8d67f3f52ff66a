import type { StackPorts } from "../stack/settings.ts";
import { isPortFree, pickFreePort } from "./ports.ts";

/** The wanted ports, those that are taken replaced by free ones. `isFixed` ones are left as they are, taken or not. */
export async function freePorts(wanted: StackPorts, isFixed: (name: keyof StackPorts) => boolean = () => false): Promise<StackPorts> {
  const choose = async (name: keyof StackPorts) => {
    return isFixed(name) || (await isPortFree(wanted[name])) ? wanted[name] : pickFreePort();
  };
  return {
    worker: await choose("worker"),
    sqld: await choose("sqld"),
    sidecar: await choose("sidecar"),
    sandbox: await choose("sandbox"),
  };
}
