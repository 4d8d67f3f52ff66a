#!/usr/bin/env bash
# airflowctl 0.1.5, Airflow's own command line for its REST API, asks for a backfill to be paused, unpaused or cancelled by POST. The API has
# PUT there: so does the document that Airflow 3 publishes, and the client that is generated from it, apache-airflow-client 3.3.2.
#
# A good guess: both packages are released by the project, for the same API, so that one server's routes serve both. Seen: three commands of
# the one are 405 on a server that answers the other. And the answer to a dry run, which is a list of what would be run, is read by airflowctl
# as one backfill: it ends in a ValidationError of pydantic on an answer that the other client reads. So whoever serves both takes both
# methods, and cannot please airflowctl's dry run.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > server.py <<'PY'
"""Answers every request with what the environment says, and keeps what was asked."""
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

BACKFILL = {
    "id": 1, "dag_id": "d", "dag_display_name": "d", "from_date": "2025-06-25T00:00:00Z", "to_date": "2025-06-26T00:00:00Z", "dag_run_conf": {},
    "is_paused": True, "reprocess_behavior": "none", "max_active_runs": 1, "created_at": "2025-06-26T00:00:00Z", "completed_at": None,
    "updated_at": "2025-06-26T00:00:00Z",
}
DRY_RUN = {"backfills": [{"logical_date": "2025-06-25T00:00:00Z"}], "total_entries": 1}
asked = []

class Handler(BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        asked.append(f"{self.command} {self.path}")
        body = json.dumps(DRY_RUN if self.path.endswith("/dry_run") else BACKFILL).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = answer

    def log_message(self, *_):
        pass

def start():
    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"
PY

cat > generated.py <<'PY'
from importlib.metadata import version
import airflow_client.client as client
from server import asked, start

with client.ApiClient(client.Configuration(host=start(), access_token="t")) as api:
    backfills = client.BackfillApi(api)
    backfills.pause_backfill(1), backfills.unpause_backfill(1), backfills.cancel_backfill(1)
    body = client.BackfillPostBody(dag_id="d", from_date="2025-06-25T00:00:00Z", to_date="2025-06-26T00:00:00Z")
    dry_run = backfills.create_backfill_dry_run(body)
print(f"apache-airflow-client {version('apache-airflow-client')}: {', '.join(asked[:3])}; dry run: {dry_run.total_entries} read")
assert [one.split()[0] for one in asked] == ["PUT", "PUT", "PUT", "POST"], asked
PY

cat > ctl.py <<'PY'
from importlib.metadata import version
from airflowctl.api.client import Client, ClientKind
from airflowctl.api.datamodels.generated import BackfillPostBody
from airflowctl.api.operations import BackfillOperations
from server import asked, start

client = Client(base_url=start(), token="t", kind=ClientKind.CLI)
backfills = BackfillOperations(client)
backfills.pause("1"), backfills.unpause("1"), backfills.cancel("1")
body = BackfillPostBody(dag_id="d", from_date="2025-06-25T00:00:00Z", to_date="2025-06-26T00:00:00Z")
try:
    backfills.create_dry_run(body)
    dry_run = "read"
except Exception as error:
    dry_run = type(error).__name__
print(f"airflowctl {version('apache-airflow-ctl')}: {', '.join(asked[:3])}; dry run: {dry_run}")
assert [one.split()[0] for one in asked] == ["POST"] * 4, asked
assert dry_run == "ValidationError", dry_run
PY

for package in apache-airflow-client==3.3.2 apache-airflow-ctl==0.1.5; do
  python3 -m venv "venv-$package"
  "venv-$package/bin/pip" install --quiet --disable-pip-version-check "$package"
done
"venv-apache-airflow-client==3.3.2/bin/python" generated.py
"venv-apache-airflow-ctl==0.1.5/bin/python" -W ignore ctl.py
