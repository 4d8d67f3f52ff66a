import { AppError } from "../../shared/errors.ts";

export function unknownModel(name: string): AppError {
  return new AppError("unknown_model", `name: no model is registered as "${name.slice(0, 80)}".`, {
    status: 404,
    details: { field: "name" },
  });
}
