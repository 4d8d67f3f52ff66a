import { describe, expect, it } from "vitest";
import { createSidecarPool } from "../../../../functions/adapters/sidecars/sidecarPool.ts";
import { problemOf } from "../../../../shared/contracts/route/ownErrors.ts";
import { AppError } from "../../../../shared/errors.ts";
import { parseSidecarUrls } from "../../../../shared/sidecars/parseSidecarUrls.ts";

type Answer = () => Response;
const PNG = () => new Response(Uint8Array.of(1, 2, 3));
const refused = (): never => {
  throw new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") });
};
const problem = (error: AppError) => () => Response.json(problemOf(error, {}), { status: error.status });

/** Sidecars that answer as given, with the hosts that were asked, in their order. */
function poolOf(answers: Readonly<Record<string, Answer>>) {
  const asked: { host: string; token: string | null }[] = [];
  const pool = createSidecarPool({
    addresses: parseSidecarUrls(
      Object.keys(answers)
        .map((host) => `http://${host}`)
        .join(","),
    ),
    token: "secret",
    now: () => 0,
    fetch: async (input, init = {}) => {
      const { host } = new URL(String(input));
      asked.push({ host, token: new Headers(init.headers).get("authorization") });
      return answers[host]!();
    },
  });
  return { pool, asked };
}

describe("any of several sidecars", () => {
  it("paints, with the token of all, and another does where the first is away; that one is then asked last", async () => {
    const answers: Record<string, Answer> = { a: PNG, b: PNG, c: PNG };
    const { pool, asked } = poolOf(answers);
    expect(await pool.painter.png("<svg/>")).toEqual(Uint8Array.of(1, 2, 3));
    const first = asked[0]!.host;
    answers[first] = refused;
    await pool.painter.png("<svg/>");
    await pool.painter.png("<svg/>");
    expect(asked.map(({ host }) => host === first)).toEqual([true, true, false, false]);
    expect(new Set(asked.map(({ token }) => token))).toEqual(new Set(["Bearer secret"]));
  });

  it("is asked once about what would be the same answer everywhere", async () => {
    const wrong = problem(new AppError("invalid_request", "model: it is no ONNX file", { status: 422 }));
    const { pool, asked } = poolOf({ a: wrong, b: wrong });
    await expect(pool.onnx_peer.probabilities(new Uint8Array(4), new Float32Array(2), 2)).rejects.toMatchObject({
      code: "invalid_request",
    });
    expect(asked).toHaveLength(1);
  });

  it("is named with its reason, where none answers", async () => {
    const { pool } = poolOf({ a: refused, b: problem(new AppError("forbidden", "this sidecar asks for a token", { status: 401 })) });
    await expect(pool.painter.png("<svg/>")).rejects.toMatchObject({
      code: "sidecar_unavailable",
      retryable: true,
      details: { sidecars: { a: "sidecar_unavailable", b: "forbidden" } },
    });
  });
});

describe("the only sidecar", () => {
  it("gives its own error as it is", async () => {
    const { pool } = poolOf({ a: refused });
    await expect(pool.painter.png("<svg/>")).rejects.toMatchObject({ message: "The sidecar at http://a cannot be reached: ECONNREFUSED" });
    const { pool: other } = poolOf({ a: problem(new AppError("forbidden", "a token", { status: 401 })) });
    await expect(other.painter.png("<svg/>")).rejects.toMatchObject({ code: "forbidden", retryable: false });
  });
});
