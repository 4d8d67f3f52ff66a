import { mkdir, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { INSTRUMENT_ENTITY } from "../../../shared/catalogue/entities.ts";
import { readCatalogue, readFeatureService, readFeatureView } from "../../../shared/contracts/features.ts";
import { AppError } from "../../../shared/errors.ts";
import { FEAST_PROJECT, type FeastCatalogue, feastRegistry } from "../../../shared/feast/feastRegistry.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { diskError } from "../stack/diskError.ts";
import { withStack } from "../stack/withStack.ts";
import { type Command, STORE_OPTION, textOption } from "./command.ts";

export const featuresFeastRegistryCommand: Command = {
  name: "features feast-registry",
  summary: "a repository for Feast's Python client",
  positionals: ["DIR"],
  options: {
    url: { type: "string", value: "URL", help: "where its client finds the Worker; absent: the address of this machine's stack" },
    store: STORE_OPTION,
  },
  details: [
    "Writes registry.db and feature_store.yaml. FeatureStore(repo_path=DIR) of Feast 0.67.0 then reads features, and pushes rows, over this Worker. A token that is set as ADMIN_TOKEN is not written: the client takes it from its own environment, under the same name.",
  ],
  async run(context, args) {
    const folder = resolve(context.cwd, args.positionals[0] ?? "");
    const needs = { store: textOption(args, "store"), market: "any" } as const;
    const { catalogue, base_url } = await withStack(context, needs, async (client) => {
      return { catalogue: await catalogueOf(client), base_url: client.base_url };
    });
    const has_token = (context.env["ADMIN_TOKEN"] ?? "") !== "";
    const path = textOption(args, "url") ?? base_url;
    await writeRepository(folder, feastRegistry(catalogue, Date.now()), feastSettings(path, has_token));
    const { views, services } = catalogue;
    context.stdout.write(
      `${folder}: registry.db, ${views.length} views and ${services.length} services; feature_store.yaml, online at ${path}\n`,
    );
    return 0;
  },
};

/** Views without rows of their own are left out: Feast's client may ask for their features all the same. */
export async function catalogueOf(client: Pick<WorkerClient, "call">): Promise<FeastCatalogue> {
  const { views, services } = await client.call(readCatalogue, {});
  const stored = views.filter(({ kind }) => kind === "rows" || kind === "pushed");
  return {
    entity: INSTRUMENT_ENTITY,
    views: await Promise.all(stored.map(({ name }) => client.call(readFeatureView, { params: { view: name } }))),
    services: await Promise.all(services.map(({ name }) => client.call(readFeatureService, { params: { service: name } }))),
  };
}

/** feature_store.yaml: the offline store is Feast's own, for files that somebody has put under data/. */
export function feastSettings(path: string, has_token: boolean): string {
  return stringify({
    project: FEAST_PROJECT,
    provider: "local",
    registry: "registry.db",
    online_store: { type: "remote", path },
    offline_store: { type: "dask" },
    entity_key_serialization_version: 3,
    ...(has_token ? { auth: { type: "oidc", token_env_var: "ADMIN_TOKEN" } } : {}),
  });
}

/** Each under another name until it is whole: a client may be reading. */
export async function writeRepository(folder: string, registry: Uint8Array, settings: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of [
      ["registry.db", registry],
      ["feature_store.yaml", settings],
    ] as const) {
      const partial = join(folder, `.${name}.partial`);
      await writeFile(partial, content);
      await rename(partial, join(folder, name));
    }
  } catch (cause) {
    const told = diskError(cause, folder);
    if (told instanceof AppError) throw told;
    throw new AppError("source_unavailable", `${folder} could not be written: ${(cause as Error).message}.`, { cause, retryable: true });
  }
}
