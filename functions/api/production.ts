import { moveProduction, type ProductionAnswer, type ProductionRequest } from "../../shared/contracts/production.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { isServedName, presentModelName } from "../../shared/models/modelName.ts";
import { whyNeverServed } from "../../shared/models/pool.ts";
import { versionBefore, wasLetIn } from "../../shared/models/productionTerms.ts";
import type { ModelVersion, StageTransition } from "../../shared/ports/tracking.ts";
import { whyNotByHand } from "../../shared/validation/promotableByHand.ts";
import type { Ports } from "../pipelines/ports.ts";
import { moveByHand, refusedByHand } from "./moveByHand.ts";
import { unknownModel } from "./unknownModel.ts";

export function productionRoutes(ports: Ports): MountedRoute[] {
  return [
    handle(moveProduction, ({ params, body }) => {
      const name = presentModelName(params.name);
      // Nothing is served by models of other names: their stages are moved by MLflow's routes.
      if (!isServedName(name)) throw unknownModel(name);
      const never = whyNeverServed(name);
      if (never !== null) throw refusedByHand(`${name} cannot be promoted: ${never}.`);
      return move(ports, name, body);
    }),
  ];
}

async function move(ports: Ports, name: string, asked: ProductionRequest): Promise<ProductionAnswer> {
  const [versions, moves] = await Promise.all([ports.tracking.versions(name), ports.tracking.transitions(name)]);
  if (versions.length === 0) throw unknownModel(name);
  const current = await ports.tracking.productionAt(name, Number.MAX_SAFE_INTEGER);
  requireExpected(name, asked.expected_version, current?.version ?? null);
  if (asked.action === "unpin") return unpin(ports, name, current, asked);
  const wanted = asked.version ?? (current && versionBefore(moves, current.version));
  if (wanted === null) throw refusedByHand(`${name} has no version that was in Production before: name one.`);
  const version = versions.find((one) => one.version === wanted);
  if (version === undefined) throw unknownVersion(name, wanted);
  requireAllowed(asked.action, version, moves);
  const by = { kind: "person", name: asked.by } as const;
  await moveByHand(ports, { version, pins: asked.pin ?? asked.action === "rollback", reason: `${asked.action}: ${asked.reason}`, by });
  const is_there = current?.version === version.version;
  return answerOf(ports, name, version.version, is_there ? null : (current?.version ?? null));
}

async function unpin(
  ports: Ports,
  name: string,
  current: ModelVersion | null,
  { reason, by }: Extract<ProductionRequest, { action: "unpin" }>,
): Promise<ProductionAnswer> {
  const now = ports.clock.now();
  if ((await ports.tracking.pinAt(name, now)) === null) throw refusedByHand(`No version of ${name} is pinned.`);
  await ports.tracking.pin(name, null, now, `unpin: ${reason}`, { kind: "person", name: by });
  if (current !== null) return answerOf(ports, name, current.version, null);
  return { name, version: null, replaced: null, effective_at: toIso(now), pinned: false };
}

async function answerOf({ tracking, clock }: Ports, name: string, version: string, replaced: string | null): Promise<ProductionAnswer> {
  const came = (await tracking.transitions(name)).findLast((one) => one.version === version && one.to_stage === "Production");
  const pinned = (await tracking.pinAt(name, clock.now()))?.version === version;
  return { name, version, replaced, effective_at: toIso(came?.effective_at ?? clock.now()), pinned };
}

/** Who asks again what was done already, or looks at a page of an hour ago, means another move than what it would come to now. */
function requireExpected(name: string, expected: string | null | undefined, found: string | null): void {
  if (expected === undefined || expected === found) return;
  const [is, was] = [found, expected].map((version) => (version === null ? "no version" : `version ${version}`));
  throw refusedByHand(
    `expected_version: ${is} of ${name} is in Production now, not ${was}: it was moved meanwhile. Look at it again, and say what is to be done then.`,
  );
}

function requireAllowed(action: "promote" | "rollback", { name, version, tags }: ModelVersion, moves: readonly StageTransition[]): void {
  if (action === "rollback") {
    if (wasLetIn(moves, version)) return;
    throw refusedByHand(`${name}/${version} was not let into Production before: a rollback goes to a version that was. Promote it.`);
  }
  const why = whyNotByHand(tags);
  if (why === null) return;
  throw refusedByHand(
    `${name}/${version} ${why}. Only a version that has passed every check of its integrity can be promoted; no reason replaces one.`,
  );
}

function unknownVersion(name: string, version: string): AppError {
  return new AppError("not_found", `version: ${name} has no version ${version}.`, { status: 404, details: { field: "version" } });
}
