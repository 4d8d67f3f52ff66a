import { pickFreePort } from "../processes/ports.ts";
import type { Settings } from "./settings.ts";

/** Ports of the sidecars after the first: those that were chosen, and free ones for the others. */
export async function moreSidecarPorts({ sidecars, more_sidecar_ports }: Settings): Promise<readonly number[]> {
  const ports = [...more_sidecar_ports];
  while (ports.length < sidecars - 1) ports.push(await pickFreePort());
  return ports;
}
