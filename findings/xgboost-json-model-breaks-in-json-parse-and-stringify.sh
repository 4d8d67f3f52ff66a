#!/usr/bin/env bash
# XGBoost: a model's JSON that went through JSON.parse and JSON.stringify is the same JSON, and no model any more.
#
# A good guess: model.json is JSON, where 0 and 0.0 are one number, so a tool in JavaScript may read it, change a name and write it back.
# Seen: the loader is typed. A float array that holds the text 0 instead of 0E0 (as JavaScript writes every whole number) is refused with
# "Invalid cast, from Integer to Number". UBJSON keeps the types, and so does Python, whose json writes 0.0.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check xgboost-cpu==3.2.0 numpy==2.3.5
cat > train.py <<'PY'
import numpy as np, xgboost as xgb
x = np.arange(40, dtype="f4").reshape(-1, 1)
y = (np.arange(40) % 20 >= 10).astype("f4")
model = xgb.train({"objective": "binary:logistic", "max_depth": 2}, xgb.DMatrix(x, y), 3)
model.save_model("model.json")
PY
cat > roundtrip.py <<'PY'
import json
json.dump(json.load(open("model.json")), open("python.json", "w"))
PY
cat > load.py <<'PY'
import sys, xgboost as xgb
try:
    xgb.Booster(model_file=sys.argv[1])
    print("loads")
except xgb.core.XGBoostError as error:
    print("refused:", next(line for line in str(error).split("\n") if "cast" in line).split("] ")[-1].split("Check failed")[0].strip()[-80:])
PY
env/bin/python train.py
env/bin/python roundtrip.py
node -e 'const { readFileSync, writeFileSync } = require("fs"); writeFileSync("javascript.json", JSON.stringify(JSON.parse(readFileSync("model.json", "utf8"))))'
echo "xgboost 3.2.0 (CPU), $(node --version)"
for file in model python javascript; do
  answer="$(env/bin/python load.py "$file.json")"
  echo "  $file.json: $answer"
  case "$file" in
    javascript) grep -q "Invalid cast" <<<"$answer" ;;
    *) [ "$answer" = loads ] ;;
  esac
done
