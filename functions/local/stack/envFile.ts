import { AppError } from "../../../shared/errors.ts";
import { writeWhole } from "./writeWhole.ts";

/**
 * Variables as a .env file, as wrangler's dotenv and dotenv-expand read it: the value in a kind of quotes that it does not
 * hold, `$` escaped against expansion. A file, because the arguments of a process are for all users to see.
 */
export function renderEnvFile(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${quote(name, value)}\n`)
    .join("");
}

export function writeEnvFile(path: string, variables: Readonly<Record<string, string>>): void {
  writeWhole(path, renderEnvFile(variables));
}

function quote(name: string, value: string): string {
  const mark = ["'", '"', "`"].find((candidate) => !value.includes(candidate));
  // dotenv turns \n in double quotes into a line break; nothing that we pass has one.
  if (mark === undefined || /[\r\n\\]/.test(value)) {
    throw new AppError(
      "invalid_request",
      `${name} holds a line break, a backslash or all three kinds of quotes, and cannot be handed to the Worker.`,
      {
        details: { field: name },
      },
    );
  }
  return `${mark}${value.replaceAll("$", "\\$")}${mark}`;
}
