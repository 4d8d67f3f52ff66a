#!/usr/bin/env bash
# MLflow: an MLmodel whose flavour says `python_version: 3.11`, the minor version alone, as a conda or a Docker file would say it, is not
# loaded by mlflow.pyfunc: AttributeError: 'float' object has no attribute 'split'. `3.11.7` and `'3.11'` are loaded.
#
# A good guess: a version is a version, and MLflow, which writes the file itself, reads the number that YAML makes of it as text, or
# refuses the file with a word about the field. Seen: the file is taken, and what compares the versions for a warning, after it was read,
# ends the load without a word about MLmodel or python_version. So whoever writes MLmodel without MLflow quotes the version.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONWARNINGS=ignore MLFLOW_ENABLE_TELEMETRY=false DO_NOT_TRACK=true

cat > load.py <<'PY'
import logging
import platform
from pathlib import Path
import mlflow
from mlflow.pyfunc import PythonModel, load_model, save_model

logging.getLogger("mlflow").setLevel(logging.ERROR)

class Echo(PythonModel):
    def predict(self, context, model_input):
        return model_input

folder = f"model-{mlflow.__version__}"
save_model(folder, python_model=Echo())
file = Path(folder, "MLmodel")
written = f"python_version: {platform.python_version()}"
text = file.read_text()
assert written in text, text

def outcome(version):
    file.write_text(text.replace(written, f"python_version: {version}"))
    try:
        load_model(folder)
        return "loaded"
    except Exception as error:
        return f"{type(error).__name__}: {error}"

minor = ".".join(platform.python_version().split(".")[:2])
seen = {version: outcome(version) for version in (platform.python_version(), f"'{minor}'", minor)}
print(f"mlflow {mlflow.__version__}, Python {platform.python_version()}")
for version, how in seen.items():
    print(f"  python_version: {version:8} -> {how}")
assert list(seen.values()) == ["loaded", "loaded", "AttributeError: 'float' object has no attribute 'split'"], seen
PY

for version in 2.22.5 3.17.2; do
  python3 -m venv "venv-$version"
  "venv-$version/bin/pip" install --quiet --disable-pip-version-check "mlflow-skinny==$version" pandas==2.2.3 numpy==1.26.4
  "venv-$version/bin/python" load.py 2>/dev/null
done
