#!/usr/bin/env bash
# MLflow: an artifact whose file name holds # or ? is uploaded under another name, or none of its own, through a server's artifact proxy;
# "EURUSD #1.json" and "EURUSD #2.json" overwrite each other. No error, no warning.
#
# A good guess: log_artifact takes any name that the file system takes, and writes it into the URL as one writes names into URLs: it does so
# for spaces, letters with accents and the percent sign. Seen: the client joins the URL itself, and what follows # is a fragment, which no
# client sends; what follows ? is a query. The server hears of "EURUSD " twice. So names of artifacts are kept to letters, digits, . _ and -.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
export MLFLOW_ENABLE_TELEMETRY=false DO_NOT_TRACK=true MLFLOW_HTTP_REQUEST_MAX_RETRIES=0

cat > upload.py <<'PY'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
import mlflow

received = []

class Proxy(BaseHTTPRequestHandler):
    """As much of a tracking server as an upload asks: the run, and a PUT for every artifact."""
    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_GET(self):
        info = {"run_id": "r", "experiment_id": "0", "artifact_uri": "mlflow-artifacts:/0/r/artifacts", "status": "RUNNING"}
        self.answer({"run": {"info": {**info, "start_time": 1, "lifecycle_stage": "active"}, "data": {}}})

    def do_PUT(self):
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        received.append((content, self.path.removeprefix("/api/2.0/mlflow-artifacts/artifacts/0/r/artifacts/")))
        self.answer({})

    def log_message(self, *_):
        pass

server = HTTPServer(("127.0.0.1", 0), Proxy)
threading.Thread(target=server.serve_forever, daemon=True).start()
mlflow.set_tracking_uri(f"http://127.0.0.1:{server.server_port}")
client = mlflow.MlflowClient()
for name in ("EURUSD 50%.json", "Zürich.json", "EURUSD #1.json", "EURUSD #2.json", "why?.json"):
    Path(name).write_text(name)
    client.log_artifact("r", name)
server.shutdown()

print(f"mlflow {mlflow.__version__}")
for name, path in received:
    print(f"  {name:16} -> PUT .../{path}")
assert received == [
    ("EURUSD 50%.json", "EURUSD%2050%25.json"),
    ("Zürich.json", "Z%C3%BCrich.json"),
    ("EURUSD #1.json", "EURUSD%20"),
    ("EURUSD #2.json", "EURUSD%20"),
    ("why?.json", "why?.json"),
], received
PY

for version in 2.22.5 3.17.2; do
  python3 -m venv "venv-$version"
  "venv-$version/bin/pip" install --quiet --disable-pip-version-check "mlflow-skinny==$version"
  "venv-$version/bin/python" upload.py
done
