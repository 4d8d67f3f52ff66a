import type { Keyring } from "../../shared/contracts/keys/keyring.ts";

/** What airflowctl stores where nobody is asked for a key: it wants one all the same. */
const NO_TOKEN = "no-token-is-asked-for";

/** Logs in with a key, or the ADMIN_TOKEN, as the password: it is handed back, so that who has it may send it as a bearer token. Null: it is none. */
export function loginOf({ has_keys, has_admin_token, find }: Keyring): (password: string) => string | null {
  return (password) => {
    if (!has_keys && !has_admin_token) return NO_TOKEN;
    return find(password).kind === "valid" ? password : null;
  };
}
