"""What the sidecar trains, by Python's XGBoost: seconds as JSON on stdout.

    python trainXgboost.py DATASET.parquet SPEC.json PROCESSES

The same models of the same rows with the same parameters: each seed on each fold and on all rows, one thread a model, as many processes as the
sidecar has. Clocked from the moment at which every process has its imports and its data, so that neither counts against Python, in time and in the
CPU seconds of the processes together.
"""

import json
import multiprocessing
import os
import sys
import time

import pandas as pd
import xgboost


def prepare(path, given, barrier):
    global rows, labels, spec
    os.nice(10)  # as the sidecar's processes, which give way to serving: on a machine that others use it decides who waits
    spec = given
    frame = pd.read_parquet(path)
    rows, labels = frame[spec["feature_names"]].to_numpy("float32"), frame[spec["label"]].to_numpy("float32")
    barrier.wait()


def settings(seed):
    return {**spec["params"], "objective": "binary:logistic", "tree_method": "hist", "nthread": 1, "seed": seed, "verbosity": 0}


def matrix(start, end):
    return xgboost.DMatrix(rows[start:end], labels[start:end], nthread=1)


def train_fold(fold):
    """Every seed of a fold, of one matrix; null stands for all rows, of which the model is kept."""
    began = time.process_time()
    train = matrix(0, len(rows)) if fold is None else matrix(fold["train"]["start"], fold["train"]["end"])
    test = None if fold is None else matrix(fold["test"]["start"], fold["test"]["end"])
    for seed in spec["seeds"]:
        booster = xgboost.train(settings(seed), train, spec["rounds"])
        if test is None:
            booster.save_raw("json")
        else:
            booster.predict(test)
    return len(spec["seeds"]), time.process_time() - began


def main(path, spec_path, processes):
    with open(spec_path) as file:
        given = json.load(file)
    barrier = multiprocessing.Barrier(processes + 1)
    # The costliest first, so that the processes end together.
    units = [None, *reversed(given["folds"])]
    with multiprocessing.Pool(processes, prepare, (path, given, barrier)) as pool:
        barrier.wait()
        began = time.perf_counter()
        done = list(pool.imap_unordered(train_fold, units))
        seconds = time.perf_counter() - began
    models, cpu_seconds = (sum(column) for column in zip(*done))
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "models": models, "version": xgboost.__version__}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
