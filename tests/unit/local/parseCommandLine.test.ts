import { describe, expect, it } from "vitest";
import { allCommands, commandsFor } from "../../../functions/local/commands/commandTable.ts";
import { renderHelp } from "../../../functions/local/commands/help.ts";
import { parseCommandLine } from "../../../functions/local/commands/parseCommandLine.ts";
import { exitCodeOf } from "../../../functions/local/text/localError.ts";
import { versionLine } from "../../../functions/local/text/versionLine.ts";
import { AppError } from "../../../shared/errors.ts";

const COMMANDS = await allCommands();

function parse(line: string) {
  return parseCommandLine(line === "" ? [] : line.split(" "), COMMANDS);
}

describe("parseCommandLine", () => {
  it.each([
    ["start", "start", {}, []],
    ["start --store x", "start", { store: "x" }, []],
    ["demo --json", "demo", { json: true }, []],
    ["import candles a.csv b.csv", "import candles", {}, ["a.csv", "b.csv"]],
    ["predict USD_SGD --at=2025-06-27T12:00:00Z", "predict", { at: "2025-06-27T12:00:00Z" }, ["USD_SGD"]],
    ["runs", "runs", {}, []],
    ["runs model_training", "runs", {}, ["model_training"]],
    ["dags --json", "dags", { json: true }, []],
    ["models --json", "models", { json: true }, []],
    ["models promote USD_SGD 3 --reason x", "models promote", { reason: "x" }, ["USD_SGD", "3"]],
    ["models rollback USD_SGD --by ann", "models rollback", { by: "ann" }, ["USD_SGD"]],
    ["models rollback USD_SGD 3 --no-pin", "models rollback", { "no-pin": true }, ["USD_SGD", "3"]],
    ["models rollback USD_SGD --expect 7", "models rollback", { expect: "7" }, ["USD_SGD"]],
    ["models unpin USD_SGD --reason x", "models unpin", { reason: "x" }, ["USD_SGD"]],
    ["models history USD_SGD --at T", "models history", { at: "T" }, ["USD_SGD"]],
    ["trigger model_training --conf {} --instruments A,B", "trigger", { conf: "{}", instruments: "A,B" }, ["model_training"]],
    [
      "clear d r --task t --downstream --only-failed --yes",
      "clear",
      { task: "t", downstream: true, "only-failed": true, yes: true },
      ["d", "r"],
    ],
    ["train A B --horizon 5 --param eta=0.1 --param seeds=1,2", "train", { horizon: "5", param: ["eta=0.1", "seeds=1,2"] }, ["A", "B"]],
    ["logs d r", "logs", {}, ["d", "r"]],
    ["logs d r t --map USD_SGD", "logs", { map: "USD_SGD" }, ["d", "r", "t"]],
    ["pause d --json", "pause", { json: true }, ["d"]],
    ["unpause d", "unpause", {}, ["d"]],
    ["build dist/worker", "build", {}, ["dist/worker"]],
    ["setup xgboost --variant cuda", "setup xgboost", { variant: "cuda" }, []],
  ])("reads %s", (line, name, values, positionals) => {
    const parsed = parse(line);
    if (parsed.kind !== "run") throw new Error("expected a command to run");
    expect(parsed.command.name).toBe(name);
    expect({ ...parsed.args.values }).toEqual(values);
    expect(parsed.args.positionals).toEqual(positionals);
  });

  it.each([
    ["", null],
    ["--help", null],
    ["help", null],
    ["help import candles", "import candles"],
    ["start --help", "start"],
    ["predict -h", "predict"],
  ])("shows help for '%s'", (line, name) => {
    const parsed = parse(line);
    expect(parsed.kind === "help" && (parsed.command?.name ?? null)).toBe(name);
  });

  it.each(["--version", "-V", "-v", "version"])("'%s' asks for the version", (line) => expect(parse(line).kind).toBe("version"));

  it("the version is the one of package.json", () => {
    expect(versionLine()).toMatch(/^fx-medallion \d+\.\d+\.\d+ \(Node \d+/);
  });

  it.each([
    ["fly", /"fly" is not a command/],
    ["import", /"import candles" and "import news" are/],
    ["import prices", /"import prices" is not a command/],
    ["--store x", /"--store" stands where the command should be/],
    ["help fly", /"fly" is not a command/],
    ["start --stor x", /does not know --stor\. It knows --store/],
    ["start --store", /--store needs a value/],
    ["demo --json=1", /--json takes no value/],
    ["predict", /needs INSTRUMENT/],
    ["predict A B", /does not know what to do with "B"/],
    ["import candles", /needs FILE/],
    ["trigger", /needs DAG/],
    ["clear d", /needs RUN/],
    ["models promote USD_SGD", /needs VERSION/],
    ["models rollback", /needs MODEL/],
    ["logs d", /needs RUN/],
    ["pause", /needs DAG/],
    ["build", /needs FOLDER/],
  ])("refuses '%s' with exit code 2", (line, message) => {
    try {
      parse(line);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).message).toMatch(message);
      expect(exitCodeOf(error as AppError)).toBe(2);
      return;
    }
    throw new Error("expected a refusal");
  });
});

describe("commandsFor", () => {
  it("loads the command that is named, alone", async () => {
    for (const { name } of COMMANDS) {
      const found = await commandsFor([...name.split(" "), "--store", "x"]);
      expect(found.map((command) => command.name)).toEqual([name]);
    }
  });

  it("loads all where none is named, and none before an option", async () => {
    for (const words of [[], ["import"], ["import", "nothing"], ["strat"], ["help", "start"]])
      expect(await commandsFor(words)).toEqual(COMMANDS);
    for (const words of [["--version"], ["-h"], ["--store", "x"]]) expect(await commandsFor(words)).toEqual([]);
  });
});

describe("renderHelp", () => {
  it("fits into 80 columns, for all commands and each", () => {
    for (const command of [null, ...COMMANDS]) {
      const lines = renderHelp(COMMANDS, command).split("\n");
      expect(lines.filter((line) => line.length >= 80)).toEqual([]);
    }
  });

  it("names every command, and every option of one", () => {
    const overview = renderHelp(COMMANDS, null);
    for (const command of COMMANDS) {
      expect(overview).toContain(`  ${command.name} `);
      for (const option of Object.keys(command.options)) expect(renderHelp(COMMANDS, command)).toContain(`--${option}`);
    }
  });
});
