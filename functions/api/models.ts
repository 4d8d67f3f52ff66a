import { Hono } from "hono";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { modelNameOf } from "../../shared/models/trainingProfile.ts";
import type { ModelVersion } from "../../shared/ports/tracking.ts";
import type { Ports } from "../steps/ports.ts";
import type { KnownInstruments } from "./instruments.ts";

/** GET /api/models: the model of every instrument and what is in Production; GET /api/models/{name}: its versions and moves. */
export function modelRoutes(ports: Ports, known: KnownInstruments): Hono {
  return new Hono()
    .get("/api/models", async (context) => {
      const now = ports.clock.now();
      const models = await Promise.all(
        (await known.list()).map(async (instrument) => {
          const name = modelNameOf(instrument);
          const production = await ports.tracking.productionAt(name, now);
          return { name, instrument, production: production && toJson(production) };
        }),
      );
      return context.json({ models, total_entries: models.length });
    })
    .get("/api/models/:name", async (context) => {
      const name = context.req.param("name");
      const versions = await ports.tracking.versions(name);
      if (versions.length === 0)
        throw new AppError("not_found", `name: no model is registered as "${name.slice(0, 80)}".`, {
          status: 404,
          details: { field: "name" },
        });
      const runs = await Promise.all(versions.map((version) => ports.tracking.run(version.run_id)));
      const transitions = await ports.tracking.transitions(name);
      return context.json({
        name,
        versions: versions.map((version, index) => ({
          ...toJson(version),
          metrics: Object.fromEntries((runs[index]?.metrics ?? []).map(({ key, value }) => [key, value])),
        })),
        transitions: transitions.map((move) => ({ ...move, effective_at: toIso(move.effective_at), recorded_at: toIso(move.recorded_at) })),
      });
    });
}

function toJson(version: ModelVersion) {
  return {
    ...version,
    creation_timestamp: toIso(version.creation_timestamp),
    last_updated_timestamp: toIso(version.last_updated_timestamp),
    recorded_at: toIso(version.recorded_at),
  };
}
