#!/usr/bin/env bash
# drizzle-orm's migrate(): of all that a database has recorded about its migrations, only the newest time is asked. One that comes late from a
# branch is never applied; one that was edited, and a database that a newer program has migrated, pass for up to date. Nothing is said.
#
# A good guess: the table of migrations holds a hash for each, so that what is not recorded is applied, and what is recorded under another
# hash, or is unknown to the program, is an error or at least a warning. Seen: whatever has a time at or before the newest recorded one is
# passed over, and the hash is read by nobody. The program starts, and the first statement that needs the missing table fails. The id of the
# records, a primary key, is null in each of them. So whoever wants to know the state of a store compares the hashes himself.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund drizzle-orm@0.45.4 @libsql/client@0.18.0
cat > late.mjs <<'JS'
import { mkdirSync, writeFileSync } from "node:fs";
import { createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";

const client = createClient({ url: "file:store.db" });
const database = drizzle(client);

/** Migrates by a program that ships these migrations ({ tag, when, sql }), and answers with the tables and records that there are then. */
async function start(program, migrations) {
  mkdirSync(`${program}/meta`, { recursive: true });
  const entries = migrations.map(({ tag, when }, idx) => ({ idx, version: "6", when, tag, breakpoints: true }));
  writeFileSync(`${program}/meta/_journal.json`, JSON.stringify({ version: "7", dialect: "sqlite", entries }));
  for (const { tag, sql } of migrations) writeFileSync(`${program}/${tag}.sql`, sql);
  await migrate(database, { migrationsFolder: program });
  const tables = await client.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name");
  const records = await client.execute("SELECT id FROM __drizzle_migrations");
  const state = `tables ${tables.rows.map(({ name }) => name).join(" ")}; ${records.rows.length} recorded`;
  console.log(`  ${program}: ${state}`);
  return { state, ids: records.rows.map(({ id }) => id) };
}

const candles = { tag: "0000_candles", when: 1_000, sql: "CREATE TABLE candles (pair text)" };
const features = { tag: "0001_features", when: 3_000, sql: "CREATE TABLE features (pair text)" };
const labels = { tag: "0002_labels", when: 2_000, sql: "CREATE TABLE labels (pair text)" };
console.log("drizzle-orm 0.45.4, @libsql/client 0.18.0");
const first = await start("main", [candles, features]);
const merged = await start("with a branch from before features", [candles, features, labels]);
const edited = await start("with candles edited", [{ ...candles, sql: "CREATE TABLE candles (pair text, volume real)" }, features]);
const older = await start("older program", [candles]);
const columns = (await client.execute("SELECT name FROM pragma_table_info('candles')")).rows.map(({ name }) => name);
console.log(`  columns of candles: ${columns.join(" ")}; ids of the records: ${older.ids.map(String).join(" ")}`);
const same = [merged, edited, older].every(({ state }) => state === first.state);
process.exit(first.state === "tables candles features; 2 recorded" && same && columns.join() === "pair" && older.ids.every((id) => id === null) ? 0 : 1);
JS
node late.mjs
