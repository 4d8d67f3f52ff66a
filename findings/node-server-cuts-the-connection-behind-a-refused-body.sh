#!/usr/bin/env bash
# @hono/node-server with hono's bodyLimit: who sends a file that is too large over a slow line sees a broken connection, not the 413.
#
# A good guess: bodyLimit answers 413 and the client, once it has sent its body or looks up from it, reads that answer. Seen: 500 ms after an
# answer that left the body unread, the server's adapter destroys the socket. A client that sends on for longer than that, and reads when it
# has sent, gets a reset: an import of a large file that is refused looks like a server that fell over, and retrying clients try again.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @hono/node-server@2.1.9 hono@4.13.19
cat > upload.mjs <<'JS'
import { connect } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";

const app = new Hono();
app.post("/import", bodyLimit({ maxSize: 1_000 }), (context) => context.text("taken"));
const port = await new Promise((resolve) => {
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (info) => resolve(info.port));
  globalThis.server = server;
});

/** Sends 40 pieces of 10,000 bytes, one every `pause_ms`, and says what became of it. */
function upload(pause_ms) {
  return new Promise((resolve) => {
    const began = Date.now();
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    let sent = 0;
    let timer;
    const end = (how) => {
      clearInterval(timer);
      socket.destroy();
      resolve({ how, sent, status: answer.split("\r\n")[0] || "no answer read", after_ms: Date.now() - began });
    };
    socket.on("data", (part) => (answer += part));
    socket.on("error", (error) => end(error.code));
    socket.on("close", () => end("closed by the server"));
    socket.write(`POST /import HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 400000\r\n\r\n`);
    timer = setInterval(() => {
      if (sent === 40) return end("all was sent");
      sent += 1;
      socket.write("x".repeat(10_000));
    }, pause_ms);
  });
}
const quick = await upload(2);
const slow = await upload(50);
console.log("@hono/node-server 2.1.9, hono 4.13.19; 400,000 bytes where 1,000 are allowed");
for (const [name, { how, sent, status, after_ms }] of Object.entries({ quick, slow }))
  console.log(`  ${name}: ${status}; ${sent} of 40 pieces sent, then: ${how} (${after_ms} ms)`);
globalThis.server.close();
globalThis.server.closeAllConnections();
process.exit(quick.how === "all was sent" && slow.how !== "all was sent" && slow.sent < 40 ? 0 : 1);
JS
node upload.mjs
