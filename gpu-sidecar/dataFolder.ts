import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AppError } from "../shared/errors.ts";

/** Makes the folder and proves that it can be written. */
export function openDataFolder(path: string): string {
  try {
    makeFolders(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the data folder ${path} cannot be written (${reason}): set SIDECAR_DATA to a folder that this user may write to`;
    throw new AppError("store_unavailable", message, { cause: error });
  }
}

/** Node's own `recursive` never comes back from a file system that makes none and says that there is no such folder, as /proc does. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path));
  mkdirSync(path);
}

/** Longest path of a socket that every system takes (macOS: 104 bytes with its end). */
const MAX_SOCKET_PATH_BYTES = 100;

/**
 * Keeps two sidecars out of one folder: the second would declare the first one's running jobs lost. The lock is a listening
 * socket, which dies with its process, so that a kill -9 leaves nothing that must be removed by hand.
 */
export async function lockDataFolder(realPath: string): Promise<Server> {
  const sockets = socketPaths(realPath);
  for (const socket of sockets) {
    if (await answers(socket)) throw folderInUse(realPath);
  }
  let reason: unknown;
  for (const socket of sockets) {
    try {
      return await listenOn(socket);
    } catch (error) {
      reason = error; // some mounted volumes take no sockets: then the next place
    }
  }
  throw reason;
}

/** In the folder itself; where its path is too long or its file system takes no sockets, in the system's temporary folder. */
function socketPaths(realPath: string): string[] {
  const inside = join(realPath, "sidecar.sock");
  const name = createHash("sha256").update(realPath).digest("hex").slice(0, 16);
  const outside = join(tmpdir(), `fx-sidecar-${name}.sock`);
  return Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES ? [inside, outside] : [outside];
}

function folderInUse(realPath: string): AppError {
  const message = `the data folder ${realPath} is in use by another running sidecar: stop it, or set SIDECAR_DATA to another folder`;
  return new AppError("store_unavailable", message);
}

function listenOn(socket: string): Promise<Server> {
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
