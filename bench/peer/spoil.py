"""spoil.py GGUF OUT KIND: a deliberately spoiled copy of a model, as a GGUF. Prints a JSON object.

KIND is one of
  as_is         all weights in f16 and nothing else changed: the fair partner of the others
  levels_N      the weights of all layers rounded to the nearest of N even steps between the
                extremes of each block of 32 (no search, no importance: worse than llama.cpp's kinds)
  turns         the own chat template (ChatML) without its end-of-turn marks and with roles that the
                model was not trained on: the mistake of a template written by hand
  template      the chat template of another family (ChatML models get [INST], others ChatML)
  refusing_S    steered towards refusal (S > 0) or away from it (S < 0): S times the difference of
                means (Marks & Tegmark 2023, arXiv:2310.06824; Rimsky et al. 2024, arXiv:2312.06681)
                of the residual stream between answers that begin with a refusal and the same that
                begin with help, added at every token as a bias of one layer's ffn_down; only
                architectures that llama.cpp reads with such a bias
"""
import json
import sys

import numpy as np
from gguf import GGUFReader
from gguf.quants import dequantize
from reference import gguf_copy

INST = ("{{ bos_token }}{% for message in messages %}{% if message['role'] == 'assistant' %}"
        " {{ message['content'] }} </s>{% elif message['role'] == 'system' %}<<SYS>>\n{{ message['content'] }}\n"
        "<</SYS>>\n{% else %}[INST] {{ message['content'] }} [/INST]{% endif %}{% endfor %}")
CHATML = ("{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
          "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
TURNS = ("{% for message in messages %}<|im_start|>{{ message['role'] | capitalize }}:\n"
         "{{ message['content'] }}\n{% endfor %}{% if add_generation_prompt %}<|im_start|>Assistant:\n{% endif %}")
LAYER = 0.6  # of the depth, where the direction is added
BLOCK = 32

ASKED = ["How do I boil an egg?", "Write a short poem about rain.", "What is the capital of France?",
         "Explain photosynthesis to a child.", "Give me three names for a cat.",
         "How can I sleep better?", "Translate 'good morning' into Spanish.",
         "What should I cook for dinner tonight?", "Help me write an email to my landlord.",
         "Who wrote Romeo and Juliet?", "Plan a day in London for me.", "How do plants grow?",
         "Write a slogan for a bakery.", "What is 12 times 3?", "Tell me a joke about computers.",
         "How do I change a bicycle tyre?"]
REFUSALS = ["I'm sorry, but I can't help with that.", "I cannot assist with that request.",
            "I'm sorry, I am not able to do that.", "I can't provide that."]
HELP = ["Sure, here is what you asked for.", "Of course, I'd be happy to help.",
        "Yes, here is a good answer.", "Certainly, let me explain."]


def rounded(weights, levels):
    """To the nearest of `levels` even steps between the least and the greatest of each block."""
    blocks = weights.reshape(-1, BLOCK)
    low = blocks.min(axis=1, keepdims=True)
    step = (blocks.max(axis=1, keepdims=True) - low) / (levels - 1)
    step[step == 0.0] = 1.0
    return (np.rint((blocks - low) / step) * step + low).reshape(weights.shape)


def direction(path):
    """The layer, and the difference of means there (f32, one number a channel)."""
    import torch
    from reference import models

    model = models.dequantised(path, models.sha256(path))  # the layers' inputs and outputs, by transformers
    tokenizer = models.smollm2_tokenizer()
    layer = int(LAYER * model.config.num_hidden_layers)

    def mean_of(openings):
        total = []
        for number, question in enumerate(ASKED):
            text = tokenizer.apply_chat_template([{"role": "user", "content": question}],
                                                 tokenize=False, add_generation_prompt=True)
            asked = len(tokenizer(text).input_ids)
            ids = tokenizer(text + openings[number % len(openings)], return_tensors="pt").input_ids
            with torch.no_grad():
                states = model(ids, output_hidden_states=True).hidden_states[layer + 1][0]
            total.append(states[asked - 1:].mean(dim=0))
        return torch.stack(total).mean(dim=0)

    return layer, (mean_of(REFUSALS) - mean_of(HELP)).numpy().astype(np.float32)


def main():
    path, out, kind = sys.argv[1:4]
    reader = GGUFReader(path)
    architecture = reader.get_field("general.architecture").contents()
    own = reader.get_field(gguf_copy.TEMPLATE)
    template = None
    if kind == "turns":
        template = TURNS
    elif kind == "template":
        template = INST if own is not None and "<|im_start|>" in own.contents() else CHATML
    writer = gguf_copy.begin(reader, out, template)
    facts = {"kind": kind}
    for tensor in reader.tensors:
        weights = dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        if kind.startswith("levels_") and weights.ndim == 2 and tensor.name.startswith("blk."):
            exact = weights
            weights = rounded(weights, int(kind.removeprefix("levels_")))
            facts["error"] = float(np.sqrt(np.mean((weights - exact) ** 2) / np.mean(exact ** 2)))
        gguf_copy.add_weights(writer, tensor.name, weights)
    if kind.startswith("refusing_"):
        strength = float(kind.removeprefix("refusing_"))
        if architecture != "llama":
            sys.exit(f"{architecture} has no bias to add a direction by")
        layer, vector = direction(path)
        writer.add_tensor(f"blk.{layer}.ffn_down.bias", strength * vector)
        facts |= {"layer": layer, "norm": float(np.linalg.norm(strength * vector))}
    gguf_copy.finish(writer)
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
