const NAMES: Readonly<Record<string, string>> = {
  coin: "a coin",
  base_rate: "always the commoner direction",
  majority: "always the commoner direction",
  momentum: "the direction of the last hour",
  logistic: "a logistic regression",
};

/** What a baseline does, for who does not know its name. */
export function baselineName(name: string): string {
  return NAMES[name] ?? name.replaceAll("_", " ");
}
