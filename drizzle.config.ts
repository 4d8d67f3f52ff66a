import { defineConfig } from "drizzle-kit";

/** `npm run migrations` writes a migration from the schema; `drizzle-kit migrate` applies them to SQLD_URL. */
export default defineConfig({
  dialect: "turso",
  schema: "./functions/adapters/libsql/schema/*.ts",
  out: "./migrations",
  dbCredentials: { url: process.env["SQLD_URL"] ?? "http://127.0.0.1:8790", authToken: process.env["SQLD_AUTH_TOKEN"] ?? "none" },
});
