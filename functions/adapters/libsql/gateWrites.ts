import type { Client, InStatement } from "@libsql/client/web";
import { AppError } from "../../../shared/errors.ts";
import { isRead } from "./isRead.ts";
import { nameTimeouts } from "./nameTimeouts.ts";
import { retryBusy } from "./retryBusy.ts";
import { retryLost } from "./retryLost.ts";
import type { WriteGate } from "./writeGate.ts";

/**
 * The client with its writes behind the gate, whoever asks for them and by which method (a test holds that there is no other). Reads go
 * past it. What the server refuses as busy is sent again in either case, and a write also when its connection broke.
 */
export function gateWrites(client: Client, gate: WriteGate, limit_ms: number): Client {
  const { execute, batch, migrate, executeMultiple } = client;
  const read = <Result>(sqls: readonly string[], work: () => Promise<Result>) => nameTimeouts(sqls, limit_ms, () => retryBusy(work));
  const write = <Result>(sqls: readonly string[], work: () => Promise<Result>) =>
    gate.pass(() => nameTimeouts(sqls, limit_ms, () => retryLost(() => retryBusy(work))));

  client.execute = ((statement: InStatement, args?: never) => {
    const send = () => execute.call(client, statement as never, args);
    const sql = sqlOf(statement);
    return isRead(sql) ? read([sql], send) : write([sql], send);
  }) as Client["execute"];
  client.batch = (statements, mode) => {
    const send = () => batch.call(client, statements, mode);
    const sqls = statements.map((statement) => (Array.isArray(statement) ? statement[0] : sqlOf(statement)));
    return mode === "read" || sqls.every(isRead) ? read(sqls, send) : write(sqls, send);
  };
  client.migrate = (statements) => write(statements.map(sqlOf), () => migrate.call(client, statements));
  client.executeMultiple = (sql) => write([sql], () => executeMultiple.call(client, sql));
  client.transaction = async () => {
    throw new AppError("internal", "A transaction of several round trips would hold every other writer up between them: send a batch.");
  };
  return client;
}

function sqlOf(statement: InStatement): string {
  return typeof statement === "string" ? statement : statement.sql;
}
