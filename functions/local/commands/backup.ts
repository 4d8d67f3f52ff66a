import { resolve } from "node:path";
import { createBackup } from "../care/createBackup.ts";
import { verifyBackup } from "../care/verifyBackup.ts";
import { findStore } from "../stack/chooseStore.ts";
import { describeMarket, displayPath } from "../stack/store.ts";
import { describeBackup } from "../text/showBackup.ts";
import { type Command, STORE_OPTION, textOption } from "./command.ts";

export const backupCommand: Command = {
  name: "backup",
  summary: "copy a whole store into a folder, while it runs or not",
  positionals: ["FOLDER"],
  options: { store: STORE_OPTION },
  details: [
    "FOLDER is made, and has its name only when all of the backup stands on the disk: one that was cut off leaves none. It holds the database, the lake, the online features, the predictions that were answered and not logged yet, the sidecar's jobs and the keys, as of one moment, and a manifest with the SHA-256 of each file. A stack that runs goes on meanwhile.",
    "Without --store: the store of the stack that runs, or the only one there is. Bring it back with fx restore.",
  ],
  async run(context, args) {
    const { folder: store_folder, market } = findStore(context, textOption(args, "store"));
    const folder = resolve(context.cwd, args.positionals[0] ?? "");
    context.screen.say(`Store ${displayPath(store_folder)} (${describeMarket(market)})`);
    const manifest = await createBackup({ root: context.root, store_folder, folder, now: Date.now() });
    const next = `Look at it again: fx backup verify ${displayPath(folder)}. Bring it back: fx restore ${displayPath(folder)} --store NAME`;
    context.stdout.write(`${[`Backed up to ${displayPath(folder)}: ${describeBackup(manifest)}.`, ...manifest.notes, next].join("\n")}\n`);
    return 0;
  },
};

export const backupVerifyCommand: Command = {
  name: "backup verify",
  summary: "read a whole backup and compare it with its checksums",
  positionals: ["FOLDER"],
  options: {},
  details: ["Ends with 1 when a file is missing, damaged or one too many, its database is not sound, or a newer version made it."],
  async run(context, args) {
    const folder = resolve(context.cwd, args.positionals[0] ?? "");
    const manifest = await verifyBackup(context.root, folder);
    context.stdout.write(`${[`${displayPath(folder)} is whole: ${describeBackup(manifest)}.`, ...manifest.notes].join("\n")}\n`);
    return 0;
  },
};
