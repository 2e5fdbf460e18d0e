#!/usr/bin/env python3
"""Reference values for the local engine: tests/golden/model/{smollm2,stories260k,gemma3-270m}.json.

    make_model_golden.py [--write] [--keep-generated] [name...]

Computes them anew and compares them with the stored ones; --write stores them. --keep-generated takes
the stored greedy texts as they are: another processor's kernels may decide a near tie otherwise.
What is in them:
  tokenise     tokens of a text, by `tokenizers`
  pairs        log P(continuation | context) by token: tokens as lm-evaluation-harness splits them,
               log-probabilities by HF transformers in f32 on the dequantised weights, and their
               mean and standard deviation over the vocabulary (Min-K%++); the totals and greedy
               flags are checked against the harness's own
  rolling      the same for a whole document in windows of the model's context, as the harness does
  chats        prompts rendered by transformers' Jinja from the model's own template
  chat_pairs   log P(continuation | chat)
  generate_*   greedy text by llama.cpp's llama-server, weights as stored, one slot; up to the first
               near tie between two tokens, where the order of a sum decides
Needs torch, transformers >= 4.57 < 5, gguf, lm-eval 0.4.13, the models (`assay model fetch NAME`)
and, for generate_*, llama.cpp's sources from `make deps`.
"""
import json
import os
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch  # noqa: E402
import transformers  # noqa: E402
from lm_eval import utils  # noqa: E402
from lm_eval.api.instance import Instance  # noqa: E402
from lm_eval.models.huggingface import HFLM  # noqa: E402

from reference import models, texts  # noqa: E402
from reference.server import TIE, TIE_F32, Server  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "golden", "model")
KEEP = "--keep-generated"
FLAG_TIE = 0.01  # nats between first and second choice below which the greedy flag is not a reference


def harness(reference, **options):
    return HFLM(pretrained=reference.model, tokenizer=reference.tokenizer, batch_size=1, device="cpu",
                dtype="float32", **options)


@torch.no_grad()
def score(model, context, continuation):
    """Log-probabilities of the continuation's tokens, whether each is the arg max (None: a tie), and
    mean and standard deviation of log p over the vocabulary, under p, at each."""
    ids = torch.tensor([(context + continuation)[:-1]])
    rows = torch.log_softmax(model(ids).logits[0, -len(continuation):].double(), -1)
    top = rows.topk(2, -1)
    greedy = True
    for row, token in enumerate(continuation):
        if (top.values[row, 0] - top.values[row, 1]).item() < FLAG_TIE:
            greedy = None if greedy else greedy
        elif top.indices[row, 0] != token:
            greedy = False
    picked = [rows[row, token].item() for row, token in enumerate(continuation)]
    means = (rows.exp() * rows).sum(-1)
    sds = ((rows.exp() * rows.square()).sum(-1) - means.square()).sqrt()
    moments = {"means": [round(x, 6) for x in means.tolist()], "sds": [round(x, 6) for x in sds.tolist()]}
    return [round(p, 6) for p in picked], greedy, moments


def encode_pair(lm, context, continuation):
    if context:
        return lm._encode_pair(context, continuation)
    return [lm.prefix_token_id], lm.tok_encode(continuation, add_special_tokens=False)


def pairs(reference, lm, wanted):
    expected = lm.loglikelihood([Instance("loglikelihood", {}, p, i) for i, p in enumerate(wanted)],
                                disable_tqdm=True)
    out = []
    for (context, continuation), (total, flag) in zip(wanted, expected):
        before, tokens = encode_pair(lm, context, continuation)
        logprobs, greedy, moments = score(reference.model, before, tokens)
        if abs(sum(logprobs) - total) > 1e-4 * max(1, len(tokens)) or greedy not in (None, flag):
            raise SystemExit(f"own sum {sum(logprobs)} {greedy}, harness {total} {flag}: {context!r}")
        out.append({"context": context, "continuation": continuation, "context_tokens": len(before),
                    "tokens": tokens, "logprobs": logprobs, "greedy": greedy, **moments})
    return out


def rolling(reference, document):
    # add_bos_token=False: else the harness scores the BOS token itself, given a BOS token.
    lm = harness(reference, add_bos_token=False)
    ids = lm.tok_encode(document)
    tokens, logprobs, windows = [], [], 0
    for window in utils.get_rolling_token_windows(ids, lm.prefix_token_id, lm.max_length, 1):
        context, predicted = utils.make_disjoint_window(window)
        part, _, _ = score(reference.model, context, predicted)
        tokens += predicted
        logprobs += part
        windows += 1
    total = lm.loglikelihood_rolling([Instance("loglikelihood_rolling", {}, (document,), 0)],
                                     disable_tqdm=True)[0]
    if tokens != ids or abs(sum(logprobs) - total) > 1e-4 * len(ids):
        raise SystemExit(f"rolling: own sum {sum(logprobs)}, harness {total}")
    return {"text": document, "windows": windows, "tokens": tokens, "logprobs": logprobs}


def chats(reference, lm):
    rendered, scored = [], []
    for messages in texts.CHATS:
        prompt = reference.tokenizer.apply_chat_template(messages, tokenize=False,
                                                         add_generation_prompt=True)
        count = len(reference.tokenizer.encode(prompt, add_special_tokens=False))
        rendered.append({"messages": messages, "prompt": prompt, "prompt_tokens": count})
    wanted = [(rendered[chat]["prompt"] + context, continuation)
              for chat, context, continuation in texts.CHAT_PAIRS]
    for (chat, context, continuation), row in zip(texts.CHAT_PAIRS, pairs(reference, lm, wanted)):
        scored.append({"chat": chat, "context": context, "continuation": continuation,
                       "context_tokens": row["context_tokens"], "tokens": row["tokens"],
                       "logprobs": row["logprobs"], "greedy": row["greedy"]})
    return {"chats": rendered, "chat_pairs": scored}


def generate(reference, raw, chat=(), tie=TIE):
    if KEEP in sys.argv:
        return {}
    out = {"generate_raw": [], "generate_chat": []}
    with Server(reference.path, context=2048 if chat else 512, tie=tie) as server:
        for prompt, count in raw:
            if (text := server.raw(prompt, count)) is not None:
                out["generate_raw"].append({"prompt": prompt, **text})
        for index, count in chat:
            messages = texts.CHATS[index]
            rendered = reference.tokenizer.apply_chat_template(messages, tokenize=False,
                                                               add_generation_prompt=True)
            if server.template(messages) != rendered:
                raise SystemExit(f"llama.cpp and transformers render chat {index} differently")
            if (text := server.chat(messages, count)) is not None:
                out["generate_chat"].append({"messages": messages, **text})
    return out


def document(reference, parts):
    versions = {"torch": torch.__version__, "transformers": transformers.__version__,
                "lm-eval": "0.4.13"}
    head = {"source": "HF transformers on dequantised f32 weights; lm-evaluation-harness; llama-server",
            "versions": versions, "sha256": reference.sha256, "add_bos": reference.add_bos}
    return {**head, **parts}


def tokenise(reference, wanted):
    return [{"text": t, "tokens": reference.tokenizer.encode(t, add_special_tokens=False)} for t in wanted]


def smollm2(_):
    reference = models.smollm2()
    lm = harness(reference)
    return document(reference, {
        "tokenise": tokenise(reference, texts.TOKENISE),
        "pairs": pairs(reference, lm, texts.PAIRS + texts.PAIRS_LONG),
        "rolling": [rolling(reference, texts.STORY), rolling(reference, texts.STORY_ZH)],
        **chats(reference, lm),
        **generate(reference, texts.GENERATE_RAW, texts.GENERATE_CHAT)})


def gemma3(_):
    reference = models.gemma3()
    lm = harness(reference)
    return document(reference, {
        "tokenise": tokenise(reference, texts.TOKENISE),
        "pairs": pairs(reference, lm, texts.PAIRS[:22] + texts.PAIRS_LONG[-1:]),
        "rolling": [rolling(reference, texts.STORY_ZH)],
        **generate(reference, texts.GENERATE_RAW[:5])})


def stories260k(scratch):
    shared = os.environ.get("ASSAY_SHARED_DATA") or os.path.join(HERE, "..", "..", "..", "shared", "data")
    reference = models.stories260k(shared, scratch)
    lm = harness(reference)
    return document(reference, {
        "tokenise": tokenise(reference, [t for t in texts.TOKENISE if t]),
        "pairs": pairs(reference, lm, texts.STORIES_PAIRS),
        "rolling": [rolling(reference, texts.STORIES_LONG)],
        **generate(reference, texts.STORIES_GENERATE, tie=TIE_F32)})


MAKERS = {"smollm2": smollm2, "stories260k": stories260k, "gemma3-270m": gemma3}


def dump(value):
    rows = []
    for key, part in value.items():
        if isinstance(part, list):
            cells = ",\n".join(json.dumps(cell, ensure_ascii=False) for cell in part)
            rows.append(f"{json.dumps(key)}: [\n{cells}\n]" if part else f"{json.dumps(key)}: []")
        else:
            rows.append(f"{json.dumps(key)}: {json.dumps(part, ensure_ascii=False)}")
    return "{" + ",\n".join(rows) + "}\n"


def differs(new, old, where=""):
    """The first place where two documents differ by more than 1e-4; versions may differ."""
    if isinstance(new, dict) and isinstance(old, dict):
        keys = [k for k in new if k != "versions"] if new.keys() == old.keys() else None
        return "keys" + where if keys is None else next(
            filter(None, (differs(new[k], old[k], f"{where}/{k}") for k in keys)), None)
    if isinstance(new, list) and isinstance(old, list):
        return "length" + where if len(new) != len(old) else next(
            filter(None, (differs(a, b, f"{where}/{i}") for i, (a, b) in enumerate(zip(new, old)))), None)
    if isinstance(new, float) and isinstance(old, (int, float)):
        return None if abs(new - old) <= 1e-4 else f"{where}: {new} and {old}"
    return None if new == old else f"{where}: {new!r} and {old!r}"


def main(arguments):
    write = "--write" in arguments
    wrong = 0
    for name in [a for a in arguments if not a.startswith("--")] or MAKERS:
        path = os.path.join(OUT, name + ".json")
        with tempfile.TemporaryDirectory() as scratch:
            value = MAKERS[name](scratch)
        if KEEP in arguments:
            with open(path, encoding="utf-8") as file:
                value.update((k, v) for k, v in json.load(file).items() if k.startswith("generate_"))
        if write:
            with open(path, "w", encoding="utf-8") as file:
                file.write(dump(value))
            print("wrote", path)
            continue
        with open(path, encoding="utf-8") as file:
            difference = differs(value, json.load(file))
        print(f"{name}: {difference or 'equal to the stored values'}")
        wrong += difference is not None
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
