import { hostname, userInfo } from "node:os";
import { moveProduction, type ProductionAnswer, type ProductionRequest } from "../../../shared/contracts/production.ts";
import { withStack } from "../stack/withStack.ts";
import { usageError } from "../text/localError.ts";
import { type Command, type CommandArguments, type CommandContext, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";
import { readModel } from "./readModel.ts";

const OPTIONS = {
  reason: { type: "string", value: "TEXT", help: "why; it stays in the history of the model" },
  by: { type: "string", value: "NAME", help: "who (you, as this machine knows you)" },
  expect: { type: "string", value: "VERSION", help: "do it only while this version is in Production (none: while none is)" },
  json: JSON_OPTION,
  store: STORE_OPTION,
} as const;
const MODEL_IS = "MODEL is a pair, or a model's name. What was in Production is archived, and /predict answers by the other within 5 s.";

export const modelsPromoteCommand: Command = {
  name: "models promote",
  summary: "put a checked version in Production by hand",
  positionals: ["MODEL", "VERSION"],
  options: { ...OPTIONS, pin: { type: "boolean", help: "keep it there until `fx models unpin`, whatever passes the checks meanwhile" } },
  details: [
    MODEL_IS,
    "Only a version that passed every check of its integrity can be: what may be overruled is that it is no better than the one in Production.",
  ],
  run: (context, args) =>
    run(context, args, {
      action: "promote",
      version: args.positionals[1] ?? "",
      pin: args.values["pin"] === true,
      ...terms(args, "models promote"),
    }),
};

export const modelsRollbackCommand: Command = {
  name: "models rollback",
  summary: "put a version back in Production that was there before",
  positionals: ["MODEL", "[VERSION]"],
  options: { ...OPTIONS, "no-pin": { type: "boolean", help: "let the next version that passes the checks replace it" } },
  details: [
    MODEL_IS,
    "Without VERSION it is the one that was in Production before the present one: said twice, it puts the first one back. With --expect it is done once.",
    "It is pinned: what is trained meanwhile is judged and recorded, and not promoted, until `fx models unpin MODEL`, or until you promote another.",
  ],
  run: (context, args) => {
    const [, version] = args.positionals;
    const pin = args.values["no-pin"] !== true;
    const said = terms(args, "models rollback");
    return run(context, args, { action: "rollback", ...(version === undefined ? {} : { version }), pin, ...said });
  },
};

export const modelsUnpinCommand: Command = {
  name: "models unpin",
  summary: "let what passes the checks replace a pinned model again",
  positionals: ["MODEL"],
  options: OPTIONS,
  details: ["MODEL is a pair, or a model's name. What is in Production stays there until model_validation promotes another."],
  run: (context, args) => run(context, args, { action: "unpin", ...terms(args, "models unpin") }),
};

async function run(context: CommandContext, args: CommandArguments, body: ProductionRequest): Promise<number> {
  const params = { name: readModel(args.positionals[0] ?? "") };
  const answer = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
    client.call(moveProduction, { params, body }),
  );
  context.stdout.write(`${args.values["json"] === true ? JSON.stringify(answer) : renderMove(answer)}\n`);
  return 0;
}

/** Who, why, and what has to be in Production for it. */
function terms(args: CommandArguments, command: string): Pick<ProductionRequest, "reason" | "by" | "expected_version"> {
  const reason = textOption(args, "reason")?.trim() ?? "";
  if (reason === "") throw usageError("--reason says why: it stays in the history of the model.", command);
  const expected = textOption(args, "expect");
  return {
    ...{ reason, by: textOption(args, "by") ?? `${userInfo().username}@${hostname()}` },
    ...(expected === undefined ? {} : { expected_version: expected === "none" ? null : expected }),
  };
}

export function renderMove({ name, version, replaced, effective_at, pinned }: ProductionAnswer): string {
  if (version === null)
    return `No version of ${name} is pinned any more. None is in Production: the next that passes its checks comes there.`;
  const place = replaced === null ? "" : `, in place of version ${replaced}`;
  const pin = pinned ? ` It is pinned: nothing else is promoted until npm run fx -- models unpin ${name}.` : "";
  return `${name}/${version} is in Production since ${effective_at}${place}. /predict answers by it within 5 s.${pin}`;
}
