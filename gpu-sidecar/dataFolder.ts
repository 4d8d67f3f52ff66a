import { createHash } from "node:crypto";
import { accessSync, constants, mkdirSync, realpathSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../shared/errors.ts";

/** Makes the folder and proves that it can be written. */
export function openDataFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the data folder ${path} cannot be written (${reason}): set SIDECAR_DATA to a folder that this user may write to`;
    throw new AppError("store_unavailable", message, { cause: error });
  }
}

/**
 * Keeps two sidecars out of one folder: the second would declare the first one's running jobs lost. The lock is a listening
 * socket, which dies with its process, so that a kill -9 leaves nothing that must be removed by hand.
 */
export async function lockDataFolder(realPath: string): Promise<Server> {
  const name = createHash("sha256").update(realPath).digest("hex").slice(0, 16);
  const socket = join(tmpdir(), `fx-sidecar-${name}.sock`);
  if (await answers(socket)) {
    throw new AppError(
      "store_unavailable",
      `the data folder ${realPath} is in use by another running sidecar: stop it, or set SIDECAR_DATA to another folder`,
    );
  }
  rmSync(socket, { force: true });
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once("error", reject);
    server.listen(socket, () => resolve(server.unref()));
  });
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(socket);
    connection.once("connect", () => {
      connection.destroy();
      resolve(true);
    });
    connection.once("error", () => resolve(false)); // ENOENT or ECONNREFUSED: nobody holds it
  });
}
