import { execFileSync } from "node:child_process";
import { constants, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { databaseFile } from "../../../../functions/local/care/storeSchema.ts";
import { verifyBackup } from "../../../../functions/local/care/verifyBackup.ts";
import { backupCommand, backupVerifyCommand } from "../../../../functions/local/commands/backup.ts";
import type { Command, CommandArguments, CommandContext } from "../../../../functions/local/commands/command.ts";
import { restoreCommand } from "../../../../functions/local/commands/restore.ts";
import { useBackupGround } from "../../../support/care/backupGround.ts";
import { putObject, ROOT } from "../../../support/care/storeFixture.ts";

const ground = useBackupGround();

describe("the online features in a backup", () => {
  it("takes the online features again where they changed before the database was copied", async () => {
    // A content that nobody has written yet holds the copy of the online store up: what is written meanwhile comes after its keys were read.
    const held = putObject(ground.store, "kv", "online:EUR_USD", "held");
    rmSync(held);
    execFileSync("mkfifo", [held]);
    let is_over = false;
    const feeding = (async () => {
      for (let reads = 0; !is_over; reads++) {
        const file = await open(held, "w");
        if (reads === 0) {
          writeFact("round", 1);
          putObject(ground.store, "kv", "online:USD_SGD", "round 1");
        }
        await file.write("held");
        await file.close();
        // Whoever reads it comes to its end only while nobody has it open for writing.
        await sleep(50);
      }
    })();
    await ground.backup();
    is_over = true;
    const last_reader = await open(held, constants.O_RDONLY | constants.O_NONBLOCK);
    await feeding;
    await last_reader.close();
    expect(ground.factOf("round")).toBe("1");
    expect(ground.onlineContents().toSorted()).toEqual(["held", "round 1"]);
  });

  it("says so where the online features changed at every look: it has those of just before the database", async () => {
    const moving = movingValue(ground.store, "online:EUR_USD", (round) => writeFact("round", round));
    const said = await says(backupCommand, { values: { store: ground.store }, positionals: [ground.kept] });
    await moving.stop();
    const note = /^Online values changed at each of 10 looks while the database was copied: those in this backup are of just before it\./m;
    expect(said).toMatch(note);
    expect((await verifyBackup(ROOT, ground.kept)).notes).toEqual([expect.stringMatching(note)]);
    const [round] = ground.onlineContents().flatMap((text) => /^round (\d+)$/.exec(text)?.[1] ?? []);
    expect(ground.factOf("round")).toBe(String(Number(round) + 1));
    // Whoever looks at it later, or brings it back, is told as well.
    expect(await says(backupVerifyCommand, { values: {}, positionals: [ground.kept] })).toMatch(note);
    expect(await says(restoreCommand, { values: { store: ground.restored }, positionals: [ground.kept] })).toMatch(note);
  });
});

/**
 * An online value whose content holds up whoever copies it until the next such one has taken its place: it is another at each look.
 * `before`: done before each takes its place. Call `stop` when nobody looks any more.
 */
function movingValue(folder: string, key: string, before: (round: number) => void): { stop(): Promise<void> } {
  let round = 0;
  let is_over = false;
  const put = (): string => {
    before(++round);
    const held = putObject(folder, "kv", key, `round ${round}`);
    rmSync(held);
    execFileSync("mkfifo", [held]);
    return held;
  };
  let held = put();
  const feeding = (async () => {
    for (;;) {
      const file = await open(held, "w");
      if (is_over) return file.close();
      const text = `round ${round}`;
      held = put();
      await file.write(text);
      await file.close();
    }
  })();
  return {
    async stop() {
      is_over = true;
      const last_reader = await open(held, constants.O_RDONLY | constants.O_NONBLOCK);
      await feeding;
      await last_reader.close();
    },
  };
}

function writeFact(key: string, value: number): void {
  const database = new DatabaseSync(databaseFile(ground.store));
  database.prepare("INSERT OR REPLACE INTO store_facts VALUES (?, ?)").run(key, String(value));
  database.close();
}

/** What a command writes. */
async function says(command: Command, args: CommandArguments): Promise<string> {
  const written: string[] = [];
  const context = {
    root: ROOT,
    cwd: ground.work,
    env: {},
    stdout: { write: (text: string) => written.push(text) },
    screen: { say: () => undefined },
  };
  expect(await command.run(context as unknown as CommandContext, args)).toBe(0);
  return written.join("");
}
