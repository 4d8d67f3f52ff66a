#!/usr/bin/env bash
# XGBoost: an XGBClassifier that goes on from a model which had stopped early has the new trees, and predicts without them: to the bit as the
# model that it began with.
#
# A good guess: best_iteration belongs to a training with a validation set, and is gone, or is the last round, after a training without one
# (xgb_model=, as a nightly update on the newest rows would do it). Seen: the attribute is taken over from the first model, and
# predict_proba goes by it. Booster.predict uses all rounds, so the two answers of one model differ. What goes on from a slice that ends at
# the best iteration, first[: best + 1], has no such attribute, and asks all of its trees.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check xgboost-cpu==3.2.0 numpy==2.3.5 scikit-learn==1.7.2
cat > go_on.py <<'PY'
import numpy as np
from xgboost import DMatrix, XGBClassifier, __version__

generator = np.random.default_rng(1)
rows = generator.normal(size=(600, 3)).astype("f4")
labels = (rows[:, 0] + generator.normal(size=600) > 0.8).astype("f4")
old, validation, new = slice(0, 300), slice(300, 450), slice(450, 600)
settings = {"max_depth": 3, "learning_rate": 0.5, "n_jobs": 1}

first = XGBClassifier(n_estimators=100, early_stopping_rounds=5, **settings)
first.fit(rows[old], labels[old], eval_set=[(rows[validation], labels[validation])], verbose=False)
best = first.get_booster()[: first.best_iteration + 1]

def go_on(model):
    """20 more rounds on the new rows."""
    return XGBClassifier(n_estimators=20, **settings).fit(rows[new], labels[new], xgb_model=model)

def answers(model):
    return model.predict_proba(rows)[:, 1]

def all_rounds(model):
    return model.get_booster().predict(DMatrix(rows))

print(f"xgboost {__version__} (CPU)")
seen = {"first": first, "gone on from first": go_on(first), "gone on from its slice": go_on(best)}
for name, model in seen.items():
    booster = model.get_booster()
    print(
        f"  {name}: {booster.num_boosted_rounds()} rounds, best_iteration {booster.attr('best_iteration')};"
        f" answers at most {abs(answers(model) - answers(first)).max():.3f} from the first's,"
        f" {abs(answers(model) - all_rounds(model)).max():.3f} from those of all rounds"
    )
_, onward, from_slice = seen.values()
assert onward.get_booster().num_boosted_rounds() == first.get_booster().num_boosted_rounds() + 20
assert np.array_equal(answers(onward), answers(first))
assert abs(all_rounds(onward) - answers(onward)).max() > 0.05
assert from_slice.get_booster().attr("best_iteration") is None
assert np.array_equal(answers(from_slice), all_rounds(from_slice))
PY
env/bin/python go_on.py
