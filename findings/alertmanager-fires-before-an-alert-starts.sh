#!/usr/bin/env bash
# Alertmanager: an alert that starts in an hour is active and notified at once; one that began and ended in the past is counted as received, and
# nobody ever hears of it.
#
# A good guess: startsAt and endsAt, which every client may set, say when an alert holds. So a maintenance that is announced for later waits
# for its start (as a silence does, which is "pending" until then), and one that a watcher reports after an outage of its own, start and end
# in one message, is sent once, as resolved. Seen: only endsAt is compared with the clock. So whoever feeds Alertmanager holds an early alert
# back himself, and tells of a late one by another way, or with an end that is still to come.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-cache show prometheus-alertmanager=0.25.0-1+b4 >/dev/null 2>&1 || apt-get update -qq
apt-get download -qq -o APT::Sandbox::User=root prometheus-alertmanager=0.25.0-1+b4
dpkg-deb -x prometheus-alertmanager_*.deb package
cat > post.mjs <<'JS'
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const heard = [];
const receiver = createServer(async (request, response) => {
  for (const { labels, status } of JSON.parse(await new Response(request).text()).alerts) heard.push(`${labels.alertname} ${status}`);
  response.end();
}).listen(0, "127.0.0.1");
const spare = createServer().listen(0, "127.0.0.1");
await Promise.all([once(receiver, "listening"), once(spare, "listening")]);
const { port } = spare.address();
spare.close();
const webhook = { url: `http://127.0.0.1:${receiver.address().port}/`, send_resolved: true };
const route = { receiver: "hook", group_by: ["alertname"], group_wait: "1s", group_interval: "1s" };
writeFileSync("config.yml", JSON.stringify({ route, receivers: [{ name: "hook", webhook_configs: [webhook] }] }));
const flags = ["--config.file=config.yml", "--storage.path=data", `--web.listen-address=127.0.0.1:${port}`, "--cluster.listen-address="];
const alertmanager = spawn("package/usr/bin/prometheus-alertmanager", flags, { stdio: "ignore" });
try {
  const ask = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init);
  for (let tries = 0; tries < 300 && !(await ask("/-/ready").catch(() => undefined))?.ok; tries++) await sleep(100);
  const hours = (count) => new Date(Date.now() + count * 3_600_000).toISOString();
  const alert = (alertname, from, to) => ({ labels: { alertname }, startsAt: hours(from), endsAt: hours(to) });
  // One after the other, the ordinary one last: when it was notified, the others would have been.
  for (const one of [alert("over", -2, -1), alert("later", 1, 2), alert("ordinary", -1, 1)]) {
    const { status } = await ask("/api/v2/alerts", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify([one]) });
    console.log(`  ${one.labels.alertname}: ${one.startsAt} to ${one.endsAt}: ${status}`);
    await sleep(1_000);
  }
  for (let tries = 0; tries < 300 && !heard.includes("ordinary firing"); tries++) await sleep(100);
  await sleep(2_000);
  const listed = (await (await ask("/api/v2/alerts")).json()).map(({ labels, status }) => `${labels.alertname} ${status.state}`).sort();
  const received = /^alertmanager_alerts_received_total\{status="resolved",version="v2"\} (\d+)/m.exec(await (await ask("/metrics")).text())?.[1];
  console.log(`Alertmanager 0.25.0: listed: ${listed.join(", ")}; notified: ${heard.join(", ")}; received as resolved: ${received}`);
  const right = listed.join() === "later active,ordinary active" && heard.sort().join() === "later firing,ordinary firing" && received === "1";
  process.exitCode = right ? 0 : 1;
} finally {
  alertmanager.kill();
  await once(alertmanager, "exit");
  receiver.close();
}
JS
node post.mjs
