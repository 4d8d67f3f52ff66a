import { expect } from "vitest";
import { isFile, type Route, statusesOf } from "../../../shared/contracts/route/defineRoute.ts";
import { allContracts } from "./allContracts.ts";

const contracts = await allContracts();
/** No such method, and faults that no route declares: ours, and a store that is away. */
const UNDECLARED = [405, 500, 503];

/** An answer has a status of the route's contract, and the body that the contract has for it, no field more or less. */
export function expectByContract(
  method: string,
  path: string,
  { status, body }: { readonly status: number; readonly body: unknown },
): void {
  const route = contractOf(method, path);
  if (!route) return;
  const name = `${method} ${route.path}`;
  expect([...statusesOf(route), ...UNDECLARED], name).toContain(status);
  const answer = route.answers[status];
  if (status === 304 || (answer && isFile(answer))) return;
  const said = (answer ?? route.family.error.schema).safeParse(body);
  expect(said.error, name).toBeUndefined();
  expect(said.data, `${name}: fields beside those of the contract`).toEqual(body);
}

/** A path may fit a literal and a pattern: the literal has it. */
function contractOf(method: string, path: string): Route | undefined {
  const bare = path.replace(/[?#].*$/, "");
  const fitting = contracts.filter((route) => route.method === method && patternOf(route).test(bare));
  return fitting.toSorted((a, b) => a.path.split("{").length - b.path.split("{").length)[0];
}

function patternOf({ path }: Route): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}
