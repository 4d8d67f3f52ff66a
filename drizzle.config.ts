import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "turso", schema: "./functions/adapters/libsql/schema/*.ts", out: "./migrations" });
