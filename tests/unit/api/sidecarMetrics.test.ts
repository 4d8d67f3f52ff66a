import { expect, it } from "vitest";
import { EXPOSITION_TYPES } from "../../../shared/exposition/exposeFamilies.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { down } from "../../support/models/servingFixture.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";
import { fakeFleet } from "../../support/sidecar/fakeSidecars.ts";

const NOW = Date.UTC(2025, 5, 24, 12);

it("GET /api/sidecar/metrics passes on what the sidecar says, as text of Prometheus", async () => {
  const app = createTestApp(await createTestPorts({ now: NOW, trainer: createFakeTrainer() }));
  const { status, headers, body } = await app.call("GET", "/api/sidecar/metrics");
  expect([status, headers.get("content-type"), body]).toEqual([200, EXPOSITION_TYPES.text, "fx_sidecar_training_available 1\n"]);
});

it("is 503 where the sidecar does not answer, and wants a key where keys are set", async () => {
  const trainer = { ...createFakeTrainer(), metrics: async () => down() };
  const ports = await createTestPorts({ now: NOW, trainer });
  expect(await createTestApp(ports).call("GET", "/api/sidecar/metrics")).toMatchObject({
    status: 503,
    body: { code: "store_unavailable" },
  });
  expect((await createTestApp(ports, { admin_token: "secret" }).call("GET", "/api/sidecar/metrics")).status).toBe(401);
});

it("of several has each one's series under its name, also where one is away", async () => {
  const fleet = fakeFleet(["a:1", "b:2", "c:3"]);
  fleet.named("b:2").setDown(true);
  const app = createTestApp({ ...(await createTestPorts({ now: NOW })), sidecars: fleet.sidecars });
  const { status, body } = await app.call("GET", "/api/sidecar/metrics");
  expect([status, String(body).split("\n")]).toEqual([
    200,
    [
      "# HELP fx_sidecar_up 1: the sidecar answers the Worker.",
      "# TYPE fx_sidecar_up gauge",
      'fx_sidecar_up{sidecar="a:1"} 1',
      'fx_sidecar_up{sidecar="b:2"} 0',
      'fx_sidecar_up{sidecar="c:3"} 1',
      'fx_sidecar_training_available{sidecar="a:1"} 1',
      'fx_sidecar_training_available{sidecar="c:3"} 1',
      "",
    ],
  ]);
  for (const one of fleet.fakes) one.setDown(true);
  expect(await app.call("GET", "/api/sidecar/metrics")).toMatchObject({ status: 503, body: { code: "sidecar_unavailable" } });
});
