import { dirname, join } from "node:path";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import { startGroup, untilUp } from "./processGroup.ts";

export interface MlflowServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** The real `mlflow server` of a virtual environment, on a SQLite file in the folder. */
export async function startMlflowServer(python: string, folder: string): Promise<MlflowServer> {
  const port = await pickFreePort();
  const url = `http://127.0.0.1:${port}`;
  const places = [
    "--backend-store-uri",
    `sqlite:///${join(folder, "mlflow.sqlite")}`,
    "--artifacts-destination",
    join(folder, "artifacts"),
  ];
  const args = ["server", ...places, "--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
  const server = startGroup(join(dirname(python), "mlflow"), args, folder);
  await untilUp(server, "mlflow server", `${url}/health`);
  return { url, stop: server.stop };
}
