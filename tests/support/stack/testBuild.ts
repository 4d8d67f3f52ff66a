/** Tells the tests where `npm test` has built the Worker for all of them (tests/runTests.ts). */
export const TEST_BUILD_VARIABLE = "FX_TEST_BUILD";

/** That build, as `fx build` makes it; null where tests are run by themselves: then every stack makes its own. */
export function testBuild(): string | null {
  return process.env[TEST_BUILD_VARIABLE] ?? null;
}

/** For a kept stack: the host that runs what is built where there is a build, and wrangler dev where there is none. */
export function hostOfBuild(): { readonly host: "serve"; readonly build: string } | { readonly host: "dev" } {
  const build = testBuild();
  return build === null ? { host: "dev" } : { host: "serve", build };
}

/** For a command of fx: with the build that is at hand. What is to be started as a user starts it first does without. */
export function withTestBuild(): Readonly<Record<string, string>> {
  const build = testBuild();
  return build === null ? {} : { FX_WORKER_BUILD: build };
}
