import { readdirSync } from "node:fs";
import { isRoute, type Route } from "../../../shared/contracts/route/defineRoute.ts";

const FOLDER = new URL("../../../shared/contracts/", import.meta.url);

/** Every contract that a file of shared/contracts, or of a folder in it, exports, whoever mounts it. */
export async function allContracts(): Promise<readonly Route[]> {
  const names = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const modules = await Promise.all(names.map((name) => import(new URL(name, FOLDER).href) as Promise<Record<string, unknown>>));
  return modules.flatMap((module) => Object.values(module).filter(isRoute));
}
