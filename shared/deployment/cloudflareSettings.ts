import { hostProblem } from "../domain/hostProblem.ts";

/** What is wrong with a variable of a Worker that runs on Cloudflare, as a clause that follows its name. */
export interface SettingProblem {
  readonly name: string;
  readonly is_missing: boolean;
  readonly problem: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

interface Wanted {
  /** Any of them will do. */
  readonly names: readonly [string, ...string[]];
  readonly what: string;
  /** Only where this is so; always unless given. */
  readonly where?: (variables: Variables) => boolean;
}

/** What every installation on Cloudflare has of its own, in the order in which it is set. */
const WANTED: readonly Wanted[] = [
  { names: ["SQLD_URL"], what: "the address of the Turso database (turso db show NAME --url)" },
  { names: ["SQLD_AUTH_TOKEN"], what: "a token of that database (turso db tokens create NAME)" },
  { names: ["SIDECAR_URL"], what: "the address of the sidecar" },
  { names: ["SIDECAR_TOKEN"], what: "the token that the sidecar was started with" },
  { names: ["OANDA_API_TOKEN"], what: "OANDA's token", where: ({ MARKET_ORIGIN }) => MARKET_ORIGIN === "oanda" },
  { names: ["ALLOWED_HOSTS"], what: "the names that the Worker is reached by; without them it answers to localhost alone" },
  { names: ["ADMIN_TOKEN", "API_KEYS"], what: "who may do what; without it everybody who finds the address may do everything" },
];

/** What belongs to one machine, by the variable: why it is not taken. */
const OF_ONE_MACHINE: Readonly<Record<string, string>> = {
  NEWS_SANDBOX_URL: "the sandbox's news are of one machine",
  JOURNAL_URL: "the journal is of one machine; on Cloudflare predictions go through the queue",
  ONLINE_MIRROR: "the mirror of the online store is of one machine",
};

/**
 * What keeps a Worker with these variables from running on Cloudflare: what is missing there, and what points at one machine. An empty text
 * counts as not set.
 */
export function cloudflareProblems(variables: Variables): readonly SettingProblem[] {
  return [...missing(variables), ...misplaced(variables)];
}

function missing(variables: Variables): SettingProblem[] {
  return WANTED.filter(({ names, where }) => (where?.(variables) ?? true) && !names.some((name) => variables[name])).map(
    ({ names, what }) => ({
      name: names[0],
      is_missing: true,
      problem: `it must be set on Cloudflare${names.length > 1 ? `, or ${names.slice(1).join(" or ")}` : ""}: ${what}`,
    }),
  );
}

function misplaced(variables: Variables): SettingProblem[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (!value) return [];
    const problem = problemOf(name, value);
    return problem === null ? [] : [{ name, is_missing: false, problem }];
  });
}

function problemOf(name: string, value: string): string | null {
  if (OF_ONE_MACHINE[name] !== undefined) return `${OF_ONE_MACHINE[name]}: leave it out`;
  if (name === "MARKET_ORIGIN" && value === "sandbox") return "the sandbox is of one machine: use oanda, or import";
  if (name === "FX_CLOCK_OFFSET_MS" && Number(value) !== 0) return "crons fire by the real time: leave it out";
  if (!name.endsWith("_URL")) return null;
  const problems = addressesIn(value).map((address) => hostProblem(address.hostname));
  const problem = problems.find((one) => one !== null);
  return problem === undefined ? null : `${problem}, and Cloudflare does not reach it`;
}

/** A variable may hold several addresses, with commas between them. What is no address is left to who reads it. */
function addressesIn(text: string): URL[] {
  return text.split(",").flatMap((part) => URL.parse(part.trim()) ?? []);
}
