#!/usr/bin/env python3
"""Writes tests/golden/logs: small logs by the real tools, of our own content, for the readers' tests.

`python make_log_golden.py inspect` needs inspect_ai (its own virtual environment), `lm-eval` needs
lm_eval; neither needs the network or a model. Run it again after a new version of a tool, and look
at what changed. garak's report is made by hand in tests/unit/logs, in its documented format.
"""
import os
import pathlib
import shutil
import sys
import tempfile

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "logs"
ITEMS = [
    {"id": "sum", "question": "What is 2+2?", "answer": "4"},
    {"id": "cap", "question": "What is the capital of France?", "answer": "Paris"},
    {"id": "首都", "question": "中国的首都是哪里？", "answer": "北京"},
    {"id": 4, "question": "What is 3+3? " + "Think about it. " * 20, "answer": "6"},
]


def make_inspect():
    from inspect_ai import Task, eval as run, task
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.log import read_eval_log, write_eval_log
    from inspect_ai.model import ModelOutput, ModelUsage, get_model
    from inspect_ai.scorer import Score, accuracy, includes, mean, scorer, stderr
    from inspect_ai.solver import solver

    replies = {("sum", 1): "4", ("sum", 2): "5", ("cap", 1): "Paris", ("cap", 2): "Paris",
               ("首都", 1): "北京", ("首都", 2): "上海", (4, 1): "6", (4, 2): "7"}

    @solver
    def scripted():
        async def solve(state, generate):
            if state.sample_id == "cap" and state.epoch == 2:
                raise RuntimeError("the tool broke")
            text = replies[(state.sample_id, state.epoch)]
            cut = state.sample_id == "sum" and state.epoch == 2
            state.output = ModelOutput.from_content("mockllm/model", text,
                                                    "max_tokens" if cut else "stop")
            state.output.usage = ModelUsage(input_tokens=5, output_tokens=2, total_tokens=7)
            state.messages.append(state.output.message)
            return state
        return solve

    @scorer(metrics=[mean(), stderr()])
    def length():
        async def score(state, target):
            text = state.output.completion
            value = float("nan") if text == "6" else float(len(text))
            return Score(value={"letters": value, "words": 1.0}, answer=text)
        return score

    @task
    def capitals():
        samples = [Sample(id=i["id"], input=i["question"], target=i["answer"],
                          metadata={"script": "han" if i["id"] == "首都" else "latin"}) for i in ITEMS]
        return Task(dataset=MemoryDataset(samples, name="tiny"), solver=scripted(),
                    scorer=[includes(), length()], epochs=2, fail_on_error=False)

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # so that no path of this machine gets into the log
        log = run(capitals(), model=get_model("mockllm/model"), log_dir="logs", display="none",
                  log_model_api=False)[0]
        assert log.status == "success", log.error
        whole = read_eval_log(log.location)
        whole.eval.task_file = whole.eval.revision = None
        for sample in whole.samples:  # no paths of this machine, and small
            if sample.error:
                sample.error.traceback = sample.error.traceback_ansi = ""
            sample.events = sample.events[:2] if sample.id == "cap" and sample.epoch == 1 else []
        write_eval_log(whole, str(OUT / "capitals.eval"))
        write_eval_log(whole, str(OUT / "capitals.json"))


def make_lm_eval():
    import json
    import lm_eval
    from lm_eval.loggers import EvaluationTracker
    from lm_eval.tasks import TaskManager

    sums = "\n".join(json.dumps({"question": f"{a}+{b}", "choices": [str(a + b - 1), str(a + b)],
                                 "answer": 1}) for a, b in [(2, 2), (3, 4), (5, 1)])
    common = """dataset_path: json
dataset_kwargs: {data_files: {test: sums.jsonl}}
test_split: test
doc_to_text: "{{question}} ="
"""
    tasks = {
        "tiny_sums": common + """task: tiny_sums
output_type: multiple_choice
doc_to_choice: "{{choices}}"
doc_to_target: "{{answer}}"
metric_list:
  - {metric: acc, aggregation: mean, higher_is_better: true}
  - {metric: acc_norm, aggregation: mean, higher_is_better: true}
metadata: {version: 1.0}
""",
        "tiny_words": common + """task: tiny_words
output_type: generate_until
doc_to_target: "{{choices[answer]}}"
generation_kwargs: {until: ["\\n"], max_gen_toks: 4}
metric_list:
  - {metric: exact_match, aggregation: mean, higher_is_better: true}
filter_list:
  - {name: strict, filter: [{function: regex, regex_pattern: "(\\\\d+)"}, {function: take_first}]}
  - {name: loose, filter: [{function: take_first}]}
metadata: {version: 2.0}
"""}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        pathlib.Path("sums.jsonl").write_text(sums)
        for name, text in tasks.items():
            pathlib.Path(name + ".yaml").write_text(text)
        tracker = EvaluationTracker(output_path="out/results.json")
        results = lm_eval.simple_evaluate(model="dummy", tasks=list(tasks), log_samples=True,
                                          task_manager=TaskManager(include_path="."),
                                          evaluation_tracker=tracker)
        samples = results.pop("samples")
        results.pop("pretty_env_info", None)
        tracker.save_results_aggregated(results=results, samples=samples)
        for name in results["configs"]:
            tracker.save_results_samples(task_name=name, samples=samples[name])
        target = OUT / "lm-eval"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for file in pathlib.Path("out").glob("*.json*"):
            text = file.read_text().replace(folder, ".").replace(os.uname().nodename, "host")
            (target / file.name).write_text(text)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    if "inspect" in sys.argv[1:]:
        make_inspect()
    if "lm-eval" in sys.argv[1:]:
        make_lm_eval()
