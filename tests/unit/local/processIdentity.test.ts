import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import {
  groupMembers,
  identifyProcess,
  isSameProcess,
  ownGroupMembers,
  parsePsLine,
  parseStat,
  signalGroup,
} from "../../../functions/local/processes/processIdentity.ts";

describe("parseStat", () => {
  const line = (state: string, name = "node") =>
    `123 (${name}) ${state} 1 120 120 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 2000 18446744073709551615`;

  it.each(["node", "tmux: server", "a (b) c", ") R 1 2"])("finds group and start behind the name '%s'", (name) => {
    expect(parseStat(line("S", name), "boot")).toEqual({ pid: 123, boot: "boot", started: 987_654, group: 120 });
  });

  it.each(["Z", "X"])("takes state %s for no process", (state) => {
    expect(parseStat(line(state), "boot")).toBeNull();
  });
});

describe("parsePsLine", () => {
  it("reads macOS' ps", () => {
    const facts = parsePsLine("  123   120 Ss   Tue Nov 24 06:58:46 2026");
    expect(facts).toMatchObject({ pid: 123, group: 120 });
    expect(facts?.started).toBe(Date.parse("Tue Nov 24 06:58:46 2026"));
  });

  it.each(["", "123 120 Z Tue Nov 24 06:58:46 2026", "PID PGID STAT STARTED"])("takes '%s' for no process", (line) => {
    expect(parsePsLine(line)).toBeNull();
  });
});

describe("a living process", () => {
  it("is itself, and not one that started at another time", () => {
    const me = identifyProcess(process.pid);
    if (!me) throw new Error("this process was not found");
    expect(isSameProcess(me)).toBe(true);
    expect(isSameProcess({ ...me, started: me.started - 1 })).toBe(false);
    expect(isSameProcess({ ...me, boot: "another" })).toBe(false);
  });

  it("leads its group, whose members outlive it and are still found", async () => {
    const leader = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 61"], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
    const pid = leader.pid as number;
    try {
      const [first] = (await once(leader.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
      const child = Number(first.toString());
      const identity = identifyProcess(pid);
      if (!identity) throw new Error("the leader was not found");
      expect(groupMembers(pid).map((facts) => facts.pid)).toEqual(expect.arrayContaining([pid, child]));
      leader.kill("SIGKILL");
      await once(leader, "exit");
      expect(identifyProcess(pid)).toBeNull();
      expect(ownGroupMembers(identity).map((facts) => facts.pid)).toEqual([child]);
      // A later process with the leader's number would have started later than this.
      expect(ownGroupMembers({ ...identity, started: identity.started + 1_000_000_000_000 })).toEqual([]);
    } finally {
      signalGroup(pid, "SIGKILL");
    }
  });
});
