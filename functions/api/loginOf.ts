import { timingSafeEqual } from "hono/utils/buffer";

/** What airflowctl stores where nobody is asked for a token: it wants one all the same. */
const NO_TOKEN = "no-token-is-asked-for";

/** Logs in with a token as the password: it is handed back, so that who has it may send it as a bearer token. Null: it is another. */
export function loginOf(admin_token: string | null): (password: string) => Promise<string | null> {
  return async (password) => {
    if (admin_token === null) return NO_TOKEN;
    return (await timingSafeEqual(password, admin_token)) ? admin_token : null;
  };
}
