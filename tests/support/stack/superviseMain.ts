import { join } from "node:path";
import { createSupervisor } from "../../../functions/local/processes/supervisor.ts";
import { claimStore } from "../../../functions/local/stack/runFile.ts";
import { toAppError } from "../../../shared/errors.ts";
import { databasePart, serverPart } from "./stackParts.ts";

/** `node superviseMain.ts FOLDER SQLD_PORT SERVER_PORT`: a small stack in a process of its own, to be killed by a test. */
const [folder = "", sqld_port = "", server_port = ""] = process.argv.slice(2);
try {
  const facts = {
    market: "sandbox",
    worker_url: `http://127.0.0.1:${server_port}`,
    ports: {},
    started_at: new Date().toISOString(),
  } as const;
  const claim = claimStore(folder, facts);
  const supervisor = createSupervisor({ log_folder: join(folder, "logs"), onParts: (parts) => claim.update({ parts: [...parts] }) });
  await supervisor.start(databasePart(Number(sqld_port), folder));
  await supervisor.start(serverPart("worker", Number(server_port), folder));
  console.log("up");
} catch (error) {
  console.log(toAppError(error).message);
  process.exit(1);
}
