import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { openMemoryDatabase } from "./memoryDatabase.ts";
import { startSqld } from "./sqldProcess.ts";

export interface ContractDatabase {
  readonly database: Database;
  stop(): Promise<void>;
}

/** What a contract of the stores is held to: the server that runs, and the one in memory that the other tests stand on. */
export const CONTRACT_DATABASES: readonly (readonly [name: string, open: () => Promise<ContractDatabase>])[] = [
  ["sqld", startSqld],
  ["memory", async () => ({ database: await openMemoryDatabase(), stop: async () => {} })],
];
