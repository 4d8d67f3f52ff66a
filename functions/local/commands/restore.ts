import { resolve } from "node:path";
import { restoreBackup } from "../care/restoreBackup.ts";
import { displayPath, storeFolder } from "../stack/store.ts";
import { usageError } from "../text/localError.ts";
import { describeBackup } from "../text/showBackup.ts";
import { type Command, STORE_OPTION, textOption } from "./command.ts";

export const restoreCommand: Command = {
  name: "restore",
  summary: "make a store of a backup",
  positionals: ["BACKUP"],
  options: {
    store: { ...STORE_OPTION, help: "the store to make: a name under data/lake, or a folder; it must not be there, or be empty" },
  },
  details: [
    "Every file is compared with its checksum before the store has its name: of a backup that is damaged, or of a newer version, nothing is put anywhere. What was predicted and not logged yet is logged by the next start, which also brings the schema up to date; runs that were under way go on.",
  ],
  async run(context, args) {
    const named = textOption(args, "store");
    if (named === null) throw usageError("Say which store is to be made: --store NAME or --store FOLDER.", "restore");
    const store_folder = storeFolder(context.root, context.cwd, named);
    const manifest = await restoreBackup({ root: context.root, folder: resolve(context.cwd, args.positionals[0] ?? ""), store_folder });
    const start = `Start it: fx start --store ${named}`;
    context.stdout.write(
      `${[`Restored to ${displayPath(store_folder)}: ${describeBackup(manifest)}.`, ...manifest.notes, start].join("\n")}\n`,
    );
    return 0;
  },
};
