import { toAppError } from "../../../shared/errors.ts";
import { migrateStore } from "./migrateStore.ts";

/**
 * `node migrateMain.ts ROOT URL`, with the token in SQLD_AUTH_TOKEN: the migrator as a program that ends, because its libraries would otherwise stay in the
 * memory of fx (150 MB) for as long as the stack runs.
 */
const [root = "", url = ""] = process.argv.slice(2);
try {
  await migrateStore(root, url, process.env["SQLD_AUTH_TOKEN"]);
} catch (error) {
  console.error(toAppError(error).message);
  process.exitCode = 1;
}
