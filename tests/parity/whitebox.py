#!/usr/bin/env python3
"""The white box against Hugging Face transformers: logits, every hook that transformers can show,
input-embedding and one-hot gradients, candidate losses, greedy generation. Each figure is the largest
difference over the largest value of the tensor; the bound is 1e-4 in f32.

    ASSAY_WHITEBOX_TOOL=build/release/tests/whitebox_tool python tests/parity/whitebox.py [FAMILY...]

Tiny random models of every family are made with transformers, as safetensors. With SmolLM2 or Gemma 3
270M in the cache (`smollm2`, `gemma270m`), the GGUF is compared with transformers' own reading of it.
Needs torch and transformers.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy
import torch
import transformers
from safetensors.numpy import load_file

TOOL = os.environ.get("ASSAY_WHITEBOX_TOOL", "build/release/tests/whitebox_tool")
BOUND = 1e-4
worst = {}


def tiny(family):
    """A random model of a few KB whose norms, biases and embeddings are not at their neutral start."""
    torch.manual_seed(7)
    size = dict(vocab_size=97, hidden_size=32, intermediate_size=48, num_hidden_layers=3,
                num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=128)
    t = transformers
    made = {
        "llama": lambda: t.LlamaForCausalLM(t.LlamaConfig(**size, tie_word_embeddings=False)),
        "llama3": lambda: t.LlamaForCausalLM(t.LlamaConfig(
            **size, rope_scaling={"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
                                  "high_freq_factor": 4.0, "original_max_position_embeddings": 64})),
        "mistral": lambda: t.MistralForCausalLM(t.MistralConfig(**size, sliding_window=5)),
        "qwen2": lambda: t.Qwen2ForCausalLM(t.Qwen2Config(**size)),
        "qwen3": lambda: t.Qwen3ForCausalLM(t.Qwen3Config(**size, head_dim=16)),
        "gemma2": lambda: t.Gemma2ForCausalLM(t.Gemma2Config(
            **size, head_dim=16, query_pre_attn_scalar=16, sliding_window=5, attn_logit_softcapping=2.0,
            final_logit_softcapping=3.0)),
        "gemma3": lambda: t.Gemma3ForCausalLM(t.Gemma3TextConfig(
            **size | {"num_hidden_layers": 7}, head_dim=16, query_pre_attn_scalar=16, sliding_window=5)),
        "gpt2": lambda: t.GPT2LMHeadModel(t.GPT2Config(
            vocab_size=97, n_embd=32, n_layer=3, n_head=4, n_positions=128)),
        "gpt_neox": lambda: t.GPTNeoXForCausalLM(t.GPTNeoXConfig(
            **{k: v for k, v in size.items() if k != "num_key_value_heads"}, rotary_pct=0.5)),
        "phi3": lambda: t.Phi3ForCausalLM(t.Phi3Config(**size, pad_token_id=0, sliding_window=5)),
    }[family]()
    with torch.no_grad():
        for name, p in made.named_parameters():
            p.add_(torch.randn_like(p) * (0.3 if p.dim() == 1 else 0.15))
    return made.float().eval()


FAMILIES = ["llama", "llama3", "mistral", "qwen2", "qwen3", "gemma2", "gemma3", "gpt2", "gpt_neox", "phi3"]


class Tool:
    def __init__(self, model):
        self.process = subprocess.Popen([TOOL, str(model)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.info = json.loads(self.process.stdout.readline())
        if "error" in self.info:
            raise SystemExit(self.info["error"])

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        reply = json.loads(self.process.stdout.readline())
        if "error" in reply:
            raise SystemExit(f"{request['op']}: {reply['error']}")
        return reply

    def tensors(self, **request):
        with tempfile.NamedTemporaryFile(suffix=".safetensors") as out:
            reply = self.ask(out=out.name, **request)
            return reply, load_file(out.name)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def compare(label, what, ours, theirs):
    theirs = numpy.asarray(theirs, dtype=numpy.float64)
    ours = numpy.asarray(ours, dtype=numpy.float64).reshape(theirs.shape)
    delta = float(numpy.abs(ours - theirs).max() / max(1e-30, numpy.abs(theirs).max()))
    key = (label, what.split("#")[0])
    worst[key] = max(worst.get(key, 0.0), delta)


def modules(model):
    """Hook name -> (module, which side, how to shape), for what transformers' modules show."""
    out = {}
    gpt2 = hasattr(model, "transformer")
    neox = hasattr(model, "gpt_neox")
    base = model.transformer if gpt2 else model.gpt_neox if neox else model.model
    layers = base.h if gpt2 else base.layers
    gemma = model.config.model_type.startswith("gemma")
    final = base.ln_f if gpt2 else base.final_layer_norm if neox else base.norm
    out["ln_final.hook_normalized"] = (final, "out")
    for i, layer in enumerate(layers):
        b = f"blocks.{i}."
        out[b + "hook_resid_pre"] = (layer, "in")
        out[b + "hook_resid_post"] = (layer, "out")
        out[b + "ln1.hook_normalized"] = (layer.ln_1 if gpt2 else layer.input_layernorm, "out")
        second = (layer.ln_2 if gpt2 else
                  layer.pre_feedforward_layernorm if gemma else layer.post_attention_layernorm)
        out[b + "ln2.hook_normalized"] = (second, "out")
        if not neox:
            out[b + "hook_resid_mid"] = (second, "in")
        attention = layer.attn if gpt2 else layer.attention if neox else layer.self_attn
        out[b + "hook_attn_out"] = (layer.post_attention_layernorm if gemma else attention, "out")
        out[b + "hook_mlp_out"] = (layer.post_feedforward_layernorm if gemma else layer.mlp, "out")
        project = attention.c_proj if gpt2 else attention.dense if neox else attention.o_proj
        out[b + "attn.hook_z"] = (project, "in")
        down = layer.mlp.c_proj if gpt2 else layer.mlp.dense_4h_to_h if neox else layer.mlp.down_proj
        out[b + "mlp.hook_post"] = (down, "in")
        for part in "qkv":
            norm = getattr(attention, f"{part}_norm", None)
            plain = getattr(attention, f"{part}_proj", None)
            if norm is not None or plain is not None:
                out[b + f"attn.hook_{part}"] = (norm if norm is not None else plain, "out")
        if hasattr(layer.mlp, "gate_proj"):
            out[b + "mlp.hook_pre"] = (layer.mlp.gate_proj, "out")
            out[b + "mlp.hook_pre_linear"] = (layer.mlp.up_proj, "out")
        elif not hasattr(layer.mlp, "gate_up_proj"):
            out[b + "mlp.hook_pre"] = (layer.mlp.c_fc if gpt2 else layer.mlp.dense_h_to_4h, "out")
    return out


def reference(model, tokens):
    seen, handles = {}, []
    for name, (module, side) in modules(model).items():
        def keep(_, args, kwargs, output, name=name, side=side):
            value = (args[0] if args else kwargs["hidden_states"]) if side == "in" else output
            value = (value[0] if isinstance(value, tuple) else value).detach()[0]
            if model.config.model_type == "gemma3_text" and name[-6:] in ("hook_q", "hook_k"):
                value = value.transpose(0, 1)  # its norms come after the heads' axis has moved
            seen[name] = value.numpy()
        handles.append(module.register_forward_hook(keep, with_kwargs=True))
    with torch.no_grad():
        out = model(torch.tensor([tokens]), output_attentions=True)
    for handle in handles:
        handle.remove()
    for i, pattern in enumerate(out.attentions):
        seen[f"blocks.{i}.attn.hook_pattern"] = pattern[0].numpy()
    return out.logits[0].numpy(), seen


def check(label, model, path):
    # With every mask that a window needs, transformers' eager attention is the plain formula.
    model.set_attn_implementation("eager")
    tool = Tool(path)
    vocabulary = model.config.vocab_size
    rng = numpy.random.default_rng(3)
    sequences = [rng.integers(0, vocabulary, n).tolist() for n in (11, 4, 11, 17, 1)]
    _, ours = tool.tensors(op="run", sequences=sequences, cache=["all"], logits="all")
    for i, tokens in enumerate(sequences):
        logits, seen = reference(model, tokens)
        compare(label, "logits", ours[f"{i}:result"], logits)
        compare(label, "logits hook", ours[f"{i}:logits"], logits)
        for name, value in seen.items():
            compare(label, name.split(".", 2)[-1] if name.startswith("blocks") else name,
                    ours[f"{i}:{name}"], value)
    gradients(label, model, tool, sequences[3])
    candidates(label, model, tool, sequences[3])
    greedy(label, model, tool, [sequences[0], sequences[1]])
    lora(label, model, tool, sequences[3])
    tool.close()


def embedding_rows(model, tokens):
    x = model.get_input_embeddings()(torch.tensor([tokens])).detach()
    return x.requires_grad_(True)


def gradients(label, model, tool, tokens):
    target = tokens[-5:]
    x = embedding_rows(model, tokens)
    logits = model(inputs_embeds=x).logits[0, -6:-1]
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(target))
    loss.backward()
    begin, end = 4, 9
    position = len(tokens) - 6
    # Gemma scales embeddings in the module or in the model; hook_embed is after the scaling.
    weight = model.get_input_embeddings().weight.detach()
    inner = getattr(model.get_input_embeddings(), "embed_scale", torch.tensor(1.0))
    one_hot = (x.grad[0, begin:end] @ weight.T * inner).numpy()
    reply, ours = tool.tensors(op="gradient", tokens=tokens, target=target, position=position,
                               hooks=["hook_embed", "blocks.*.hook_resid_pre", "blocks.1.attn.hook_z"],
                               one_hot=[begin, end])
    compare(label, "loss", reply["value"], loss.item())
    compare(label, "one-hot gradient", ours["one_hot"], one_hot)
    outer = (model.config.hidden_size ** 0.5 if model.config.model_type == "gemma2" else 1.0)
    compare(label, "embedding gradient", ours["hook_embed"] * outer, x.grad[0].numpy())
    # The same with the first tokens cached.
    cut = 4
    reply, ours = tool.tensors(op="gradient", prefix=tokens[:cut], tokens=tokens[cut:], target=target,
                               position=position - cut, one_hot=[0, end - begin])
    compare(label, "one-hot gradient, prefix cached", ours["one_hot"], one_hot)


def candidates(label, model, tool, tokens):
    prefix, middle, tail, target = tokens[:3], tokens[3:10], tokens[10:12], tokens[12:]
    rng = numpy.random.default_rng(5)
    tried = []
    for _ in range(12):
        changed = list(middle)
        changed[rng.integers(len(middle))] = int(rng.integers(model.config.vocab_size))
        tried.append(changed)
    tried += [list(middle), tried[0], middle[:5], middle + [1, 2]]
    theirs = []
    for candidate in tried:
        whole = prefix + candidate + tail + target
        with torch.no_grad():
            logits = model(torch.tensor([whole])).logits[0, -len(target) - 1:-1].double()
        theirs.append(-torch.log_softmax(logits, -1)[range(len(target)), target].numpy())
    ask = dict(op="candidates", prefix=prefix, candidates=tried, reference=middle, target=target)
    _, ours = tool.tensors(**ask, tail=tail)
    compare(label, "candidate losses", ours["losses"], theirs)
    _, fast = tool.tensors(**ask, tail=tail, fast=True)
    print(f"{label}: bf16 candidate losses, largest difference "
          f"{numpy.abs(fast['losses'] - numpy.array(theirs)).max():.4f} nats")


def lora(label, model, tool, tokens):
    """Gradients by the matrices of an adapter on layer 1, random A and B."""
    if model.config.model_type not in ("llama", "mistral", "qwen2", "qwen3", "gemma2", "gemma3_text"):
        return  # names of others' modules differ; the code is the same
    import gguf
    layer = model.model.layers[1]
    where = {"attn_v": layer.self_attn.v_proj, "attn_output": layer.self_attn.o_proj,
             "ffn_gate": layer.mlp.gate_proj, "ffn_down": layer.mlp.down_proj}
    torch.manual_seed(11)
    rank, alpha, parts, kept = 2, 4.0, {}, {}
    with tempfile.TemporaryDirectory() as folder:
        architecture = {"gemma3_text": "gemma3", "mistral": "llama"}.get(model.config.model_type,
                                                                       model.config.model_type)
        writer = gguf.GGUFWriter(folder + "/a.gguf", architecture)
        writer.add_string("general.type", "adapter")
        writer.add_string("adapter.type", "lora")
        writer.add_float32("adapter.lora.alpha", alpha)
        for kind, module in where.items():
            a = torch.randn(rank, module.in_features) * 0.2
            b = torch.randn(module.out_features, rank) * 0.2
            parts[kind] = (a.requires_grad_(True), b.requires_grad_(True))
            writer.add_tensor(f"blk.1.{kind}.weight.lora_a", a.detach().numpy())
            writer.add_tensor(f"blk.1.{kind}.weight.lora_b", b.detach().numpy())
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        names = [f"blk.1.{kind}.lora_{x}" for kind in where for x in "ab"]
        loss_from = len(tokens) - 5
        _, ours = tool.tensors(op="lora", adapter=folder + "/a.gguf", tokens=tokens, loss_from=loss_from,
                               names=names)
    changed = {}
    for kind, module in where.items():
        name = next(n for n, m in model.named_modules() if m is module) + ".weight"
        a, b = parts[kind]
        changed[name] = module.weight.detach() + alpha / rank * (b @ a)
    logits = torch.func.functional_call(model, changed, (torch.tensor([tokens]),)).logits[0]
    torch.nn.functional.cross_entropy(logits[loss_from - 1:-1], torch.tensor(tokens[loss_from:])).backward()
    for kind, (a, b) in parts.items():
        compare(label, "LoRA gradient", ours[f"blk.1.{kind}.lora_a"], a.grad.numpy())
        compare(label, "LoRA gradient", ours[f"blk.1.{kind}.lora_b"], b.grad.numpy())


def greedy(label, model, tool, prompts):
    ours = tool.ask(op="generate", prompts=prompts, max_tokens=8)["tokens"]
    for prompt, got in zip(prompts, ours):
        tokens = list(prompt)
        for _ in range(8):
            with torch.no_grad():
                tokens.append(int(model(torch.tensor([tokens])).logits[0, -1].argmax()))
        compare(label, "greedy tokens", float(got == tokens[len(prompt):]), 1.0)


def real_model(file, label):
    """The GGUF against transformers' own reading of it (dequantised)."""
    model = transformers.AutoModelForCausalLM.from_pretrained(
        str(file.parent), gguf_file=file.name, dtype=torch.float32, attn_implementation="eager").eval()
    check(label, model, file)


def main():
    if not os.path.exists(TOOL):
        print(f"SKIPPED: {TOOL} is not built (target whitebox_tool, needs libtorch)")
        sys.exit(77)
    wanted = sys.argv[1:] or FAMILIES + ["smollm2"]
    for family in wanted:
        if family.endswith("smollm2") or family == "gemma270m":
            name = {"smollm2": "SmolLM2-135M-Instruct.Q4_1.gguf", "gemma270m": "gemma-3-270m-q4_k_m.gguf"}[family]
            file = pathlib.Path.home() / ".cache/assay/models" / name
            if file.exists():
                real_model(file, family)
            continue
        with tempfile.TemporaryDirectory() as folder:
            model = tiny(family)
            model.save_pretrained(folder)
            check(family, model, folder)
    bad = 0
    for (label, what), delta in sorted(worst.items()):
        mark = "" if delta <= BOUND else "   <-- over the bound"
        bad += delta > BOUND
        print(f"{label:20} {what:34} {delta:.1e}{mark}")
    print(f"{len(worst)} comparisons, {bad} over {BOUND:g}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
