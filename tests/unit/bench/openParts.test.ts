import { expect, it } from "vitest";
import { openParts } from "../../support/stack/openParts.ts";

it("closes what is open in the reverse order, when it is told to or when a later part fails", async () => {
  const closed: string[] = [];
  const closing = (name: string) => async () => void closed.push(name);
  const opened = await openParts(async ({ add, close }) => {
    for (const name of ["folder", "database", "host"]) add(closing(name));
    return { close };
  });
  expect(closed).toEqual([]);
  await opened.close();
  expect(closed.splice(0)).toEqual(["host", "database", "folder"]);
  const failing = openParts(async ({ add }) => {
    add(closing("folder"));
    add(() => Promise.reject(new Error("is stuck")));
    throw new Error("no host");
  });
  await expect(failing).rejects.toThrow("no host, and not everything that was open could be closed");
  expect(closed).toEqual(["folder"]);
});
