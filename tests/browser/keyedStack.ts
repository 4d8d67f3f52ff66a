import { openStore } from "../../functions/local/stack/store.ts";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";

export interface KeyedStack {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** `fx serve` on a store of imported candles that holds none, which is up in seconds, with an ADMIN_TOKEN. It lets few wrong keys of an address pass. */
export async function startKeyedStack(admin_token: string): Promise<KeyedStack> {
  const workplace = createFxWorkplace();
  try {
    const store = workplace.store("keyed");
    openStore(store, "real");
    const limits = { RATE_LIMITS: "failures=4/600", CLIENT_ADDRESS_HEADER: "X-Forwarded-For" };
    const fx = await workplace.start(["serve", "--store", store], { INSTRUMENTS: "USD_SGD", ADMIN_TOKEN: admin_token, ...limits });
    await fx.says(/^\s*runs /m);
    return {
      url: workplace.stackOf(store).worker_url,
      async stop() {
        fx.signal("SIGTERM");
        await fx.result;
        workplace.remove();
      },
    };
  } catch (error) {
    workplace.remove();
    throw error;
  }
}
