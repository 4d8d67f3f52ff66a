import { invalidParameter } from "../mlflowErrors.ts";
import type { ConditionKind } from "./condition.ts";
import type { SearchRules } from "./searchRules.ts";

/** What a name of a filter or an order is about: what stands before its first dot, and the key behind it without its quotes. */
export function readName(text: string, { prefixes }: SearchRules): { readonly kind: ConditionKind; readonly key: string } {
  const [, quoted] = /^(`[^`]+`|"(?:""|[^"])*")$/.exec(text) ?? [];
  const dot = quoted === undefined ? text.indexOf(".") : -1;
  if (dot === -1) return { kind: "attribute", key: withoutQuotes(text) };
  const prefix = withoutQuotes(text.slice(0, dot));
  const kind = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
  if (kind) return { kind, key: withoutQuotes(text.slice(dot + 1)) };
  throw invalidParameter(`Invalid entity type '${prefix}'. Valid values are ${Object.keys(prefixes).join(", ")}`);
}

/** One pair of quotes around the whole, of any of the three kinds. What is within is not looked at, as in MLflow. */
export function withoutQuotes(text: string): string {
  const [first, last] = [text[0] ?? "", text.at(-1) ?? ""];
  return text.length >= 2 && first === last && "'\"`".includes(first) ? text.slice(1, -1) : text;
}
