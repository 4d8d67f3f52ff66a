#!/usr/bin/env bash
# libsql: some prices of five decimals, read from text, are not the number that every other reader makes of them.
#
# A good guess: a decimal of six digits has one nearest double, and whoever parses it finds that one; SQLite promises 15 digits. Seen: of the
# 200,000 prices from 0.50000 to 2.49999, the SQL engine of libsql makes 18 the neighbouring double (0.83881, 1.67762, ...) when they come as
# JSON or as a literal in a statement; SELECT 1.67762 = ? is then false for the number 1.67762. Bound as a parameter all are exact. A join or
# an "is it the same price" over values of which one came through JSON finds no match for these.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund libsql@0.5.29
cat > prices.cjs <<'JS'
const Database = require("libsql");
const db = new Database(":memory:");
const prices = Array.from({ length: 200_000 }, (_, i) => ((50_000 + i) / 100_000).toFixed(5));
const off = (values) => prices.filter((text, i) => values[i] !== Number(text));
const from_json = off(db.prepare("SELECT value FROM json_each(?)").all(`[${prices.join(",")}]`).map((row) => row.value));
db.exec("CREATE TABLE t (price REAL)");
const insert = db.prepare("INSERT INTO t VALUES (?)");
db.transaction(() => prices.forEach((text) => insert.run(Number(text))))();
const bound = off(db.prepare("SELECT price FROM t ORDER BY rowid").all().map((row) => row.price));
const literal = db.prepare("SELECT 1.67762 AS price, 1.67762 = ? AS same").get(1.67762);
console.log(`libsql 0.5.29, SQLite ${db.prepare("SELECT sqlite_version() AS v").get().v}`);
console.log(`  from JSON:  ${from_json.length} of ${prices.length} are another double: ${from_json.slice(0, 4).join(", ")}, ...`);
console.log(`  as literal: 1.67762 becomes ${literal.price}, and is the same as the bound 1.67762: ${literal.same === 1}`);
console.log(`  bound:      ${bound.length} of ${prices.length}`);
process.exit(from_json.length > 0 && literal.same === 0 && bound.length === 0 ? 0 : 1);
JS
node prices.cjs
