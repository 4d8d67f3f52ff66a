import { copyFileSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ComposeProject } from "./composeConfig.ts";

/**
 * The files of a service as its container has them: what is mounted from the checkout and what compose writes, below `folder` at their paths
 * there. Folders are left out.
 */
export function layOut({ services, configs }: ComposeProject, name: string, folder: string): void {
  const service = services[name]!;
  const place = (target: string) => {
    const path = join(folder, target);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  for (const { type, source, target } of service.volumes ?? []) {
    if (type === "bind" && statSync(source).isFile()) copyFileSync(source, place(target));
  }
  for (const { source, target } of service.configs ?? []) writeFileSync(place(target), configs[source]!.content);
}
