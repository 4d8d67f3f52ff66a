import type { Client, InStatement } from "@libsql/client/web";
import { AppError } from "../../../shared/errors.ts";
import { isRead } from "./isRead.ts";
import { retryBusy } from "./retryBusy.ts";
import { retryLost } from "./retryLost.ts";
import type { WriteGate } from "./writeGate.ts";

type Statements = Parameters<Client["batch"]>[0];

/**
 * The client with its writes behind the gate, whoever asks for them and by which method (a test holds that there is no other). Reads go
 * past it. What the server refuses as busy is sent again in either case, and a write also when its connection broke.
 */
export function gateWrites(client: Client, gate: WriteGate): Client {
  const { execute, batch, migrate, executeMultiple } = client;
  const write = <Result>(work: () => Promise<Result>) => gate.pass(() => retryLost(() => retryBusy(work)));

  client.execute = ((statement: InStatement, args?: never) => {
    const send = () => execute.call(client, statement as never, args);
    return isRead(sqlOf(statement)) ? retryBusy(send) : write(send);
  }) as Client["execute"];
  client.batch = (statements, mode) => {
    const send = () => batch.call(client, statements, mode);
    return mode === "read" || isReadOnly(statements) ? retryBusy(send) : write(send);
  };
  client.migrate = (statements) => write(() => migrate.call(client, statements));
  client.executeMultiple = (sql) => write(() => executeMultiple.call(client, sql));
  client.transaction = async () => {
    throw new AppError("internal", "A transaction of several round trips would hold every other writer up between them: send a batch.");
  };
  return client;
}

function isReadOnly(statements: Statements): boolean {
  return statements.every((statement) => isRead(Array.isArray(statement) ? statement[0] : sqlOf(statement)));
}

function sqlOf(statement: InStatement): string {
  return typeof statement === "string" ? statement : statement.sql;
}
