import type { InStatement } from "@libsql/client/web";
import { giveBack } from "../../../shared/domain/giveBack.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Effect } from "../../../shared/ports/effect.ts";
import { type Database, withStore } from "./database.ts";

/** A prepared write of this database, which a settlement of the ledger can join. */
interface SqlEffect extends Effect {
  readonly statements: readonly InStatement[];
}

export function createEffect(database: Database, label: string, statements: readonly InStatement[]): Effect {
  const effect: SqlEffect = {
    label,
    statements,
    commit: () =>
      withStore(async () => {
        if (statements.length > 0) await database.$client.batch([...statements], "write");
      }),
    release: () => giveBack(...statements.flatMap(buffersOf)),
  };
  return effect;
}

/** Those of its blobs. */
function buffersOf(statement: InStatement): readonly ArrayBuffer[] {
  const args = typeof statement === "string" ? [] : Object.values(statement.args ?? []);
  return args.flatMap((arg) => (arg instanceof Uint8Array && arg.buffer instanceof ArrayBuffer ? [arg.buffer] : []));
}

/** Only an effect of a libSQL adapter can be part of a libSQL transaction. */
export function effectStatements(effects: readonly Effect[]): InStatement[] {
  return effects.flatMap((effect) => {
    if ("statements" in effect) return (effect as SqlEffect).statements;
    throw new AppError("internal", `The write "${effect.label}" belongs to another store: it cannot be part of the ledger's transaction`);
  });
}
