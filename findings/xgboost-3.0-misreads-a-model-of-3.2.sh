#!/usr/bin/env bash
# XGBoost: a model saved by 3.2.0 is loaded by 3.0.5 without a word, and predicts something else.
#
# A good guess: within one major version an older library reads the file, or refuses it by the version that stands in it, or at least warns.
# Seen: 3.2.0 writes base_score as a list, "[3.1E-1]"; the older library finds no number in that and goes on from 0.5. All trees are the right
# ones, and every margin is off by the same, every probability by up to 0.2: nothing shows it but a comparison of predictions. So a service
# that loads models holds the `version` in the file against its own library, and scores some rows again that were scored at the training.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
for version in 3.2.0 3.0.5; do
  python3 -m venv "env-$version"
  "env-$version/bin/pip" install --quiet --disable-pip-version-check "xgboost-cpu==$version" numpy==2.3.5
done
cat > train.py <<'PY'
import numpy as np, xgboost as xgb
generator = np.random.default_rng(1)
rows = generator.normal(size=(600, 3)).astype("f4")
labels = (rows[:, 0] + generator.normal(size=600) > 0.8).astype("f4")
model = xgb.train({"objective": "binary:logistic", "max_depth": 3, "nthread": 1}, xgb.DMatrix(rows, labels), 5)
for file in ("model.json", "model.ubj"):
    model.save_model(file)
np.savez("scored.npz", rows=rows, probabilities=model.predict(xgb.DMatrix(rows)))
PY
cat > score.py <<'PY'
import json, warnings
from pathlib import Path
import numpy as np, xgboost as xgb
warnings.simplefilter("always")
scored = np.load("scored.npz")
learner = json.loads(Path("model.json").read_text())["learner"]["learner_model_param"]
print(f"xgboost {xgb.__version__} (CPU) on files of 3.2.0 with base_score {learner['base_score']}")
logit = lambda p: np.log(p / (1 - p))
for file in ("model.json", "model.ubj"):
    probabilities = xgb.Booster(model_file=file).predict(xgb.DMatrix(scored["rows"]))
    apart = abs(probabilities - scored["probabilities"]).max()
    shift = logit(probabilities.astype("f8")) - logit(scored["probabilities"].astype("f8"))
    means = f"mean {probabilities.mean():.3f} for {scored['probabilities'].mean():.3f}"
    print(f"  {file}: {means}, at most {apart:.3f} off, margins off by {shift.min():.3f} to {shift.max():.3f}")
    if xgb.__version__ == "3.2.0":
        assert apart == 0
    else:
        # The margin of every row is off by the same: that of 0.5, which is 0, in place of that of the written base_score.
        written = json.loads(learner["base_score"])[0]
        assert np.allclose(shift, -logit(written), atol=1e-3) and apart > 0.1
PY
env-3.2.0/bin/python train.py
for version in 3.2.0 3.0.5; do
  "env-$version/bin/python" score.py 2>stderr.txt || { cat stderr.txt; exit 1; }
  [ ! -s stderr.txt ] || { echo "it says: $(cat stderr.txt)"; exit 1; }
done
