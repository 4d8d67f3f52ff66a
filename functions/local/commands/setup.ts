import { ensureLibrary } from "../stack/ensureLibrary.ts";
import { EXIT_FAILED } from "../text/localError.ts";
import { type Command, textOption } from "./command.ts";

export const setupCommand: Command = {
  name: "setup xgboost",
  summary: "fetch libxgboost, which training needs",
  positionals: [],
  options: { variant: { type: "string", value: "NAME", help: "cpu (the default), cuda or cu12" } },
  details: ["fx start does this by itself. Everything but training works without it."],
  async run(context, args) {
    const variant = textOption(args, "variant");
    const isThere = await ensureLibrary({ ...context, arguments: variant === null ? [] : ["--variant", variant] });
    return isThere ? 0 : EXIT_FAILED;
  },
};
