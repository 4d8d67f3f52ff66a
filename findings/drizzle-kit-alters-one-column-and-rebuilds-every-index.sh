#!/usr/bin/env bash
# drizzle-kit's turso dialect: making ONE column nullable generates a migration that drops and creates EVERY index of EVERY table.
#
# A good guess: ALTER TABLE ... ALTER COLUMN for the column, and nothing else (libSQL can do that alone), or at most a rebuild of its own
# table. Seen: 1 ALTER COLUMN between DROP INDEX and CREATE INDEX of all tables. On a store of some gigabytes that is minutes of a locked
# database for a change that touches no row. libSQL takes the ALTER COLUMN without any of it, and the indexes stay right.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund drizzle-kit@0.31.11 drizzle-orm@0.45.4 @libsql/client@0.18.0

schema() {
  cat <<TS
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const news = sqliteTable("news", { id: integer().primaryKey(), url: $1, at: integer() }, (t) => [index("news_by_time").on(t.at)]);
export const bars = sqliteTable("bars", { id: integer().primaryKey(), at: integer() }, (t) => [index("bars_by_time").on(t.at)]);
export const runs = sqliteTable("runs", { id: integer().primaryKey(), at: integer() }, (t) => [index("runs_by_time").on(t.at)]);
TS
}
cat > drizzle.config.ts <<'TS'
export default { dialect: "turso", schema: "./schema.ts", out: "./migrations", dbCredentials: { url: "file:x.db" } };
TS
schema 'text().notNull()' > schema.ts
npx drizzle-kit generate --name first >/dev/null
schema 'text()' > schema.ts
npx drizzle-kit generate --name second >/dev/null

echo "drizzle-kit 0.31.11, drizzle-orm 0.45.4, @libsql/client 0.18.0: the migration for one column that may be null now"
sed 's/^/  /' migrations/0001_second.sql
echo
grep -q 'ALTER COLUMN "url"' migrations/0001_second.sql
dropped=$(grep -c 'DROP INDEX' migrations/0001_second.sql)
created=$(grep -c 'CREATE INDEX' migrations/0001_second.sql)
echo "indexes dropped: $dropped, created again: $created (one of them is of the altered table)"
[ "$dropped" -eq 3 ] && [ "$created" -eq 3 ]

cat > alone.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createClient } from "@libsql/client";
const db = createClient({ url: "file:alone.db" });
for (const sql of readFileSync("migrations/0000_first.sql", "utf8").split("--> statement-breakpoint")) await db.execute(sql);
await db.execute("INSERT INTO news VALUES (1, 'a', 5), (2, 'b', 3)");
await db.execute('ALTER TABLE `news` ALTER COLUMN "url" TO "url" text');
await db.execute("INSERT INTO news VALUES (3, NULL, 4)");
const { rows } = await db.execute("SELECT id FROM news INDEXED BY news_by_time WHERE at > 0 ORDER BY at");
const check = await db.execute("PRAGMA integrity_check");
console.log("the ALTER COLUMN alone: rows by index", rows.map((row) => row.id).join(" "), "- integrity_check:", check.rows[0].integrity_check);
if (rows.length !== 3 || check.rows[0].integrity_check !== "ok") process.exit(1);
JS
node alone.mjs
