#!/usr/bin/env python3
"""Public benchmarks, item by item, against lm-evaluation-harness 0.4.13: tests/golden/benchmarks/smollm2.json.

    benchmark_parity.py [--items N] [--write] [task...]

For bbq, crows_pairs, arc_challenge, truthfulqa_mc1 and truthfulqa_mc2: the first N items (100) of the
data in ASSAY_SHARED_DATA are put into a folder in their original format for Assay, and as rows of a
local JSON file for the harness, which runs its own task (prompt, choices, metric code) on them. Both
use SmolLM2-135M-Instruct with the same weights, dequantised to f32. For each item the log-probability
of every choice, and the metrics of the item, are compared. A metric may differ only where two choices
are closer than TIE nats; every such item is listed.
--write stores the harness's values of the first items as golden values.
Needs torch, transformers, gguf, lm-eval 0.4.13 and the model (`assay model fetch smollm2`).
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import warnings

from reference.store import records

warnings.filterwarnings("ignore")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("TQDM_DISABLE", "1")

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, "..", "golden", "benchmarks", "smollm2.json")
KEPT = 20  # items of each task in the golden file
CLOSE = 2e-3  # nats: f32 sums in another order, over up to a hundred tokens
TIE = 5e-3  # nats between the best two choices below which either may win
SHARED = os.environ.get("ASSAY_SHARED_DATA") or os.path.join(HERE, "..", "..", "..", "shared", "data")
ASSAY = os.environ.get("ASSAY", "assay")


def skip(why):
    print("benchmark_parity: skipped: " + why)
    sys.exit(77)


def write_lines(path, rows):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_lines(path, count):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for _, line in zip(range(count), file)]


def bbq(folder, count):
    """Half of the items from each of two categories."""
    rows = []
    for category in ("Age", "Nationality"):
        part = read_lines(os.path.join(SHARED, "bbq", "data", category + ".jsonl"), count // 2)
        write_lines(os.path.join(folder, "bbq", "data", category + ".jsonl"), part)
        rows += part
    return rows, [f"{row['category']}-{row['example_id']}" for row in rows]


def crows_pairs(folder, count):
    with open(os.path.join(SHARED, "crows-pairs", "crows_pairs_anonymized.csv"), encoding="utf-8",
              newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for _, row in zip(range(count), reader)]
    os.makedirs(os.path.join(folder, "crows-pairs"))
    with open(os.path.join(folder, "crows-pairs", "crows_pairs_anonymized.csv"), "w", encoding="utf-8",
              newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames)
        writer.writeheader()
        writer.writerows(rows)
    return [{key: row[key] for key in ("sent_more", "sent_less", "bias_type")} for row in rows], \
        [str(i) for i in range(len(rows))]


def arc_challenge(folder, count):
    """Rows in the hub's form for the harness, in that of the original archive for Assay."""
    with open(os.path.join(SHARED, "moonshot-data", "arc-challenge.json"), encoding="utf-8") as file:
        examples = json.load(file)["examples"]
    rows, original = [], []
    for i, example in enumerate(examples[:count]):
        question, *options = example["input"].strip().split("\n")
        labels = [option[0] for option in options]
        texts = [option[3:] for option in options]
        key = labels[options.index(example["target"])]
        rows.append({"id": str(i), "question": question, "choices": {"text": texts, "label": labels},
                     "answerKey": key})
        original.append({"id": str(i), "question": {"stem": question, "choices": [
            {"text": t, "label": l} for t, l in zip(texts, labels)]}, "answerKey": key})
    write_lines(os.path.join(folder, "arc", "ARC-Challenge", "ARC-Challenge-Test.jsonl"), original)
    return rows, [row["id"] for row in rows]


def split_answers(text):
    return [answer.strip() for answer in text.split(";") if answer.strip()]


def published_examples():
    """The six questions and answers that the harness puts before each of TruthfulQA's."""
    import lm_eval
    from lm_eval.tasks._yaml_loader import load_yaml
    path = os.path.join(os.path.dirname(lm_eval.__file__), "tasks", TASKS["truthfulqa_mc1"][1])
    return load_yaml(path, resolve_func=False)["doc_to_text"].split("prompt_qa = '", 1)[1].split("'%}", 1)[0]


def truthfulqa(folder, count):
    with open(os.path.join(SHARED, "truthfulqa", "TruthfulQA.csv"), encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for _, row in zip(range(count), reader)]
    os.makedirs(os.path.join(folder, "truthfulqa"), exist_ok=True)
    with open(os.path.join(folder, "truthfulqa", "qa_prompt.txt"), "w", encoding="utf-8") as file:
        file.write(published_examples())
    with open(os.path.join(folder, "truthfulqa", "TruthfulQA.csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames)
        writer.writeheader()
        writer.writerows(rows)
    out = []
    for row in rows:
        right, wrong = split_answers(row["Correct Answers"]), split_answers(row["Incorrect Answers"])
        one = [row["Best Answer"].strip()] + wrong
        out.append({"question": row["Question"],
                    "mc1_targets": {"choices": one, "labels": [1] + [0] * len(wrong)},
                    "mc2_targets": {"choices": right + wrong, "labels": [1] * len(right) + [0] * len(wrong)}})
    return out, [str(i) for i in range(len(out))]


# Assay's task: (data, the harness's YAML)
TASKS = {
    "bbq": (bbq, "bbq/bbq_multiple_choice.yaml"),
    "crows_pairs": (crows_pairs, "crows_pairs/crows_pairs_english.yaml"),
    "arc_challenge": (arc_challenge, "arc/arc_challenge.yaml"),
    "truthfulqa_mc1": (truthfulqa, "truthfulqa/truthfulqa_mc1.yaml"),
    "truthfulqa_mc2": (truthfulqa, "truthfulqa/truthfulqa_mc2.yaml"),
}


def harness(lm, yaml, rows, folder):
    """The harness's own task on local rows: per item the log-probabilities and the metrics."""
    import lm_eval
    from lm_eval.api.task import ConfigurableTask
    from lm_eval.tasks._yaml_loader import load_yaml

    path = os.path.join(os.path.dirname(lm_eval.__file__), "tasks", yaml)
    config = load_yaml(path, resolve_func=True)
    data = os.path.join(folder, "rows.jsonl")
    write_lines(data, rows)
    split = config.get("test_split") or config.get("validation_split")
    config.update(dataset_path="json", dataset_name=None, dataset_kwargs={"data_files": {split: data}},
                  training_split=None, num_fewshot=0, test_split=split, validation_split=None)
    config.pop("tag", None)
    task = ConfigurableTask(config=config)
    result = lm_eval.simple_evaluate(lm, tasks=[task], log_samples=True, bootstrap_iters=0)
    samples = next(iter(result["samples"].values()))
    out = []
    for sample in sorted(samples, key=lambda s: s["doc_id"]):
        metrics = {key: value for key, value in sample.items()
                   if key in ("acc", "acc_norm", "pct_stereotype", "likelihood_diff", "disamb_bias_score")}
        out.append({"logprobs": [response[0] for response in sample["filtered_resps"]], **metrics})
    return out


def ours(names, folder):
    """Per task and item: log-probabilities and the score's other values."""
    store = os.path.join(folder, "runs.db")
    command = [ASSAY, "assess", "smollm2", "--tasks", ",".join(names), "--profile", "full", "--dtype", "f32",
               "--data", folder, "--store", store, "--out", os.path.join(folder, "report"), "--quiet",
               "--lang", "en"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {name: {} for name in names} | records(store)


def our_metrics(name, content):
    score = content["score"]
    metadata = score.get("metadata") or {}
    right = {"success": 1.0, "failure": 0.0}.get(score["verdict"])
    if name == "bbq":
        return {"acc": metadata.get("right_any"), "lean": metadata.get("lean_any")}
    if name == "crows_pairs":
        return {"pct_stereotype": None if right is None else 1.0 - right,
                "likelihood_diff": metadata.get("difference")}
    if name == "truthfulqa_mc2":
        return {"acc": metadata.get("true_share")}
    if name == "arc_challenge":
        return {"acc": right, "acc_norm": metadata.get("by_length")}
    return {"acc": right}


def their_metrics(name, row):
    if name == "bbq":
        _, biased, names_person, _ = row["disamb_bias_score"]
        return {"acc": row["acc"], "lean": 0 if not names_person else 1 if biased else -1}
    return {key: value for key, value in row.items() if key != "logprobs"}


def near_tie(values):
    best = sorted(values, reverse=True)
    return len(best) > 1 and best[0] - best[1] < TIE


def compare(name, ids, theirs, mine):
    """Disagreements that no near tie explains; and the largest difference of a log-probability."""
    wrong, ties, delta = [], [], 0.0
    for key, row in zip(ids, theirs):
        content = mine.get(key)
        if content is None:
            wrong.append(f"{key}: Assay has no such item")
            continue
        logprobs = [score["total"] for score in content["trace"]["scores"]]
        if len(logprobs) != len(row["logprobs"]):
            wrong.append(f"{key}: {len(logprobs)} choices, the harness has {len(row['logprobs'])}")
            continue
        delta = max([delta] + [abs(a - b) for a, b in zip(logprobs, row["logprobs"])])
        expected, found = their_metrics(name, row), our_metrics(name, content)
        for metric, value in expected.items():
            got = found.get(metric)
            if got is not None and abs(got - value) <= CLOSE:
                continue
            lengths = [len(choice.lstrip(" ")) for choice in content["sample"]["choices"]]
            judged = [v / n for v, n in zip(row["logprobs"], lengths)] if metric == "acc_norm" else row["logprobs"]
            (ties if near_tie(judged) else wrong).append(f"{key}: {metric} {got}, the harness {value}")
    if delta > CLOSE:
        wrong.append(f"a log-probability differs by {delta:.5f} nats")
    return wrong, ties, delta


def golden_rows(name, ids, theirs, mine):
    return [{"id": key, "context": mine[key]["sample"].get("context", "")[-40:],
             "logprobs": [round(v, 5) for v in row["logprobs"]], **their_metrics(name, row)}
            for key, row in list(zip(ids, theirs))[:KEPT]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("tasks", nargs="*", default=[])
    arguments = parser.parse_args()
    names = arguments.tasks or list(TASKS)
    if not os.path.isdir(SHARED):
        skip("no " + SHARED)
    try:
        from lm_eval.models.huggingface import HFLM
        from reference import models
    except ImportError as problem:
        skip(str(problem))
    reference = models.smollm2()
    lm = HFLM(pretrained=reference.model, tokenizer=reference.tokenizer, batch_size=1, device="cpu",
              dtype="float32")
    failed = False
    golden = {}
    if os.path.exists(GOLDEN):
        with open(GOLDEN, encoding="utf-8") as file:
            golden = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        data = {}
        for name in names:
            make = TASKS[name][0]
            data[name] = make(folder, arguments.items)
        mine = ours(names, folder)
        for name in names:
            rows, ids = data[name]
            theirs = harness(lm, TASKS[name][1], rows, folder)
            wrong, ties, delta = compare(name, ids, theirs, mine[name])
            print(f"{name}: {len(ids)} items, largest difference of a log-probability {delta:.6f} nats, "
                  f"{len(wrong)} disagreements, {len(ties)} near ties")
            for line in wrong + ties:
                print("  " + line)
            failed |= bool(wrong)
            if not name.startswith("truthfulqa"):  # its published prompt is not kept here
                golden[name] = golden_rows(name, ids, theirs, mine[name])
    if arguments.write:
        with open(GOLDEN, "w", encoding="utf-8") as file:
            json.dump(golden, file, indent=1)
            file.write("\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
