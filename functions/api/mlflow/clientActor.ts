import type { Context } from "hono";
import { auth } from "hono/utils/basic-auth";
import type { Actor } from "../../../shared/models/actor.ts";

const MAX_NAME = 200;

/** An MLflow client by what it says of itself: its user name, where it sends one with the token as password, and its library. */
export function clientActor({ req }: Pick<Context, "req">): Actor {
  const user = auth(req.raw)?.username ?? "";
  const library = req.header("user-agent") ?? "";
  const name = user !== "" && library !== "" ? `${user} (${library})` : user + library;
  return { kind: "mlflow", name: name.replaceAll(/\p{Cc}/gu, " ").slice(0, MAX_NAME) };
}
