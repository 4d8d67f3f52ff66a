#!/usr/bin/env bash
# @libsql/client: every JavaScript number is sent to the database as a REAL, also 2: `7 / ?` is 3.5, 'run-' || ? is run-2.0.
#
# A good guess: a whole number is bound as an integer, since the client itself reads integers back as numbers, and a statement gives the same
# whether the 2 stands in it or beside it. Seen: a column declared INTEGER hides it, for it turns 2.0 back to 2. What has no such column shows
# it: division, text, JSON, a TEXT column (2 is kept as '2.0' and is then not equal to '2'), a column without a type. A bigint is an integer
# in all of these. So counts and ids that meet text, JSON or division are sent as bigint, or through CAST(? AS INTEGER).
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @libsql/client@0.18.0
cat > bind.mjs <<'JS'
import { createClient } from "@libsql/client";

const client = createClient({ url: ":memory:" });
await client.execute("CREATE TABLE runs (counted INTEGER, label TEXT, anything)");
const asked = "SELECT typeof(?1) AS type, 7 / ?1 AS divided, 'run-' || ?1 AS text, json_array(?1) AS json";

/** What the database makes of a 2 that is bound, or written into the statement. */
async function outcome(bound) {
  await client.execute("DELETE FROM runs");
  const run = (sql) => client.execute(bound === undefined ? sql.replaceAll("?1", "2") : { sql, args: [bound] });
  await run("INSERT INTO runs VALUES (?1, ?1, ?1)");
  const { rows } = await run(asked);
  const stored = await client.execute("SELECT typeof(counted) AS counted, label, typeof(anything) AS anything, label = '2' AS same FROM runs");
  return [...Object.values(rows[0]), ...Object.values(stored.rows[0])].join(" | ");
}

const seen = { written: await outcome(undefined), bigint: await outcome(2n), number: await outcome(2) };
console.log("@libsql/client 0.18.0: typeof | 7 / ? | 'run-' || ? | json_array(?) | INTEGER column | TEXT column | no type | label = '2'");
for (const [how, what] of Object.entries(seen)) console.log(`  2 as ${how}: ${what}`);
const whole = "integer | 3 | run-2 | [2] | integer | 2 | integer | 1";
const real = "real | 3.5 | run-2.0 | [2.0] | integer | 2.0 | real | 0";
process.exit(seen.written === whole && seen.bigint === whole && seen.number === real ? 0 : 1);
JS
node bind.mjs
