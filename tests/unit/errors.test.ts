import { describe, expect, it } from "vitest";
import { AppError, toAppError } from "../../shared/errors.ts";

describe("an error of the project", () => {
  it("says what is not said of it: ours, not to be repeated, and nothing beside", () => {
    const error = new AppError("not_found", "there is none");
    expect(error).toMatchObject({
      code: "not_found",
      message: "there is none",
      status: 500,
      retryable: false,
      retry_after_ms: null,
      details: {},
    });
    expect(error).not.toHaveProperty("cause");
  });

  it("keeps its cause, were it a falsy one", () => {
    const cause = new Error("within");
    expect(new AppError("internal", "m", { cause }).cause).toBe(cause);
    expect(new AppError("internal", "m", { cause: null })).toHaveProperty("cause", null);
  });

  it("stays itself, and anything else becomes one that may be repeated, with its words", () => {
    const own = new AppError("forbidden", "no");
    expect(toAppError(own)).toBe(own);
    const other = new TypeError("broken");
    expect(toAppError(other)).toMatchObject({ code: "internal", message: "broken", retryable: true, cause: other });
    expect(toAppError("a text")).toMatchObject({ code: "internal", message: "a text", retryable: true, cause: "a text" });
  });
});
