"""Reference models: the same weights as the engine reads, dequantised to f32, in HF transformers.

Tokenizers are built here from the vocabulary in the file and the published recipe of each family,
not by a converter that guesses, so that they are a reference of their own.
"""
import hashlib
import os
import struct
from dataclasses import dataclass

import numpy as np
import torch
import transformers
from gguf import GGUFReader, GGUFWriter
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

CONTROL, USER_DEFINED = 3, 4  # token types of GGUF
SMOLLM2 = "SmolLM2-135M-Instruct.Q4_1.gguf"


@dataclass
class Reference:
    name: str
    path: str  # GGUF
    sha256: str
    model: torch.nn.Module
    tokenizer: transformers.PreTrainedTokenizerFast
    add_bos: bool


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cached_model(file):
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "assay", "models", file)


def dequantised_folder(path, digest):
    """The HF model of a GGUF with all weights in f32, as a folder in the user's cache (made once).

    transformers reads the GGUF, dequantises by gguf-py and undoes llama.cpp's row permutation.
    """
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.path.join(cache, "assay", "bench", "hf", digest[:16] + "-f32")
    if not os.path.exists(os.path.join(folder, "config.json")):
        model = transformers.AutoModelForCausalLM.from_pretrained(
            os.path.dirname(path), gguf_file=os.path.basename(path), dtype=torch.float32,
            local_files_only=True)
        model.save_pretrained(folder + ".new")
        os.replace(folder + ".new", folder)
    return folder


def dequantised(path, digest):
    return transformers.AutoModelForCausalLM.from_pretrained(
        dequantised_folder(path, digest), dtype=torch.float32, local_files_only=True).eval()


def field(reader, key, default=None):
    found = reader.get_field(key)
    return default if found is None else found.contents()


def byte_level_tokenizer(reader):
    """GPT-2 byte-level BPE with each digit apart: the recipe of SmolLM's tokenizer ("smollm")."""
    assert field(reader, "tokenizer.ggml.pre") == "smollm", field(reader, "tokenizer.ggml.pre")
    tokens = field(reader, "tokenizer.ggml.tokens")
    merges = [tuple(m.split(" ", 1)) for m in field(reader, "tokenizer.ggml.merges")]
    types = field(reader, "tokenizer.ggml.token_type")
    core = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(tokens)}, merges=merges))
    core.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    core.decoder = decoders.ByteLevel()
    core.add_special_tokens([AddedToken(t, special=True, normalized=False)
                             for t, kind in zip(tokens, types) if kind == CONTROL])
    return core, tokens


def merges_of_pieces(pieces, scores):
    """BPE merges that join in the order of a SentencePiece BPE model's scores."""
    rank = {p: i for i, p in enumerate(pieces)}
    merges = []
    for piece, score in zip(pieces, scores):
        splits = [(piece[:k], piece[k:]) for k in range(1, len(piece))]
        splits = [s for s in splits if s[0] in rank and s[1] in rank]
        merges += [(s, score) for s in sorted(splits, key=lambda s: (rank[s[0]], rank[s[1]]))]
    merges.sort(key=lambda m: -m[1])
    return [m[0] for m in merges]


def sentencepiece_tokenizer(pieces, scores, unknown, dummy_prefix, user_defined=()):
    core = Tokenizer(models.BPE(vocab={p: i for i, p in enumerate(pieces)},
                                merges=merges_of_pieces(pieces, scores), unk_token=unknown,
                                fuse_unk=True, byte_fallback=True))
    steps = [normalizers.Replace(" ", "▁")]
    core.normalizer = normalizers.Sequence(([normalizers.Prepend("▁")] if dummy_prefix else []) + steps)
    core.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    if user_defined:
        core.add_tokens([AddedToken(t, normalized=False) for t in user_defined])
    return core


def wrapped(core, bos, eos, add_bos, template=None):
    if add_bos:
        core.post_processor = processors.TemplateProcessing(
            single=f"{bos} $A", special_tokens=[(bos, core.token_to_id(bos))])
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=core, bos_token=bos, eos_token=eos, clean_up_tokenization_spaces=False)
    tokenizer.chat_template = template
    return tokenizer


def smollm2_tokenizer():
    reader = GGUFReader(cached_model(SMOLLM2))
    core, tokens = byte_level_tokenizer(reader)
    add_bos = bool(field(reader, "tokenizer.ggml.add_bos_token", False))
    return wrapped(core, tokens[field(reader, "tokenizer.ggml.bos_token_id")],
                   tokens[field(reader, "tokenizer.ggml.eos_token_id")], add_bos,
                   field(reader, "tokenizer.chat_template"))


def smollm2():
    path = cached_model(SMOLLM2)
    digest = sha256(path)
    return Reference("smollm2", path, digest, dequantised(path, digest), smollm2_tokenizer(), False)


def gemma3():
    path = cached_model("gemma-3-270m-q4_k_m.gguf")
    reader = GGUFReader(path)
    tokens = field(reader, "tokenizer.ggml.tokens")
    types = field(reader, "tokenizer.ggml.token_type")
    own = [t for t, kind in zip(tokens, types) if kind in (CONTROL, USER_DEFINED)]
    core = sentencepiece_tokenizer(tokens, field(reader, "tokenizer.ggml.scores"), "<unk>",
                                   dummy_prefix=False, user_defined=own)
    add_bos = bool(field(reader, "tokenizer.ggml.add_bos_token", True))
    digest = sha256(path)
    return Reference("gemma3-270m", path, digest, dequantised(path, digest),
                     wrapped(core, "<bos>", "<eos>", add_bos), add_bos)


# stories260K: a llama2.c checkpoint, read directly; the GGUF is written from the same arrays.

STORIES_SHAPES = ("token_embd", "attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm",
                  "ffn_gate", "ffn_down", "ffn_up", "output_norm")


def read_llama2c(checkpoint):
    """Header (7 int32: dim, hidden, layers, heads, kv_heads, vocab, seq_len), then f32 arrays [layer, out, in]."""
    with open(checkpoint, "rb") as file:
        data = file.read()
    dim, hidden, layers, heads, kv_heads, vocab, seq_len = struct.unpack("<7i", data[:28])
    kv = dim // heads * kv_heads
    shapes = [(vocab, dim), (layers, dim), (layers, dim, dim), (layers, kv, dim), (layers, kv, dim),
              (layers, dim, dim), (layers, dim), (layers, hidden, dim), (layers, dim, hidden),
              (layers, hidden, dim), (dim,)]
    arrays, offset = {}, 28
    for name, shape in zip(STORIES_SHAPES, shapes):
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(data, "<f4", count, offset).reshape(shape).copy()
        offset += 4 * count
    header = {"dim": dim, "hidden": hidden, "layers": layers, "heads": heads, "kv_heads": kv_heads,
              "vocab": vocab, "seq_len": seq_len}
    return header, arrays


def read_llama2c_tokens(path, count):
    with open(path, "rb") as file:
        data = file.read()
    offset, pieces, scores = 4, [], []
    for _ in range(count):
        score, length = struct.unpack_from("<fi", data, offset)
        pieces.append(data[offset + 8:offset + 8 + length])
        scores.append(score)
        offset += 8 + length
    return pieces, scores


def stories_vocabulary(tokens, count):
    """llama2.c's pieces in SentencePiece's spelling, with token types of GGUF."""
    raw, scores = read_llama2c_tokens(tokens, count)
    pieces, types = [], []
    for i, piece in enumerate(raw):
        if i < 3:
            pieces.append(("<unk>", "<s>", "</s>")[i])
            types.append(2 if i == 0 else CONTROL)
        elif i < 259:
            pieces.append(f"<0x{i - 3:02X}>")
            types.append(6)
        else:
            pieces.append(piece.decode("utf-8").replace(" ", "▁"))
            types.append(1)
    return pieces, scores, types


def swap_halves(weight, heads):
    """Rows of each head from interleaved pairs (llama2.c, GGUF) to two halves (HF)."""
    out, width = weight.shape
    return weight.reshape(heads, out // heads // 2, 2, width).swapaxes(1, 2).reshape(out, width)


def stories_model(h, arrays):
    config = transformers.LlamaConfig(
        vocab_size=h["vocab"], hidden_size=h["dim"], intermediate_size=h["hidden"],
        num_hidden_layers=h["layers"], num_attention_heads=h["heads"], num_key_value_heads=h["kv_heads"],
        max_position_embeddings=h["seq_len"], rms_norm_eps=1e-5, rope_theta=10000.0,
        tie_word_embeddings=True, bos_token_id=1, eos_token_id=2)
    state = {"model.embed_tokens.weight": arrays["token_embd"], "model.norm.weight": arrays["output_norm"],
             "lm_head.weight": arrays["token_embd"]}
    names = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
             "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate",
             "mlp.down_proj": "ffn_down", "mlp.up_proj": "ffn_up"}
    for i in range(h["layers"]):
        prefix = f"model.layers.{i}."
        for theirs, ours in names.items():
            state[prefix + theirs + ".weight"] = arrays[ours][i]
        state[prefix + "self_attn.q_proj.weight"] = swap_halves(arrays["attn_q"][i], h["heads"])
        state[prefix + "self_attn.k_proj.weight"] = swap_halves(arrays["attn_k"][i], h["kv_heads"])
    model = transformers.LlamaForCausalLM(config)
    model.load_state_dict({k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in state.items()})
    return model.eval()


def write_stories_gguf(path, h, arrays, vocabulary):
    pieces, scores, types = vocabulary
    writer = GGUFWriter(path, "llama")
    writer.add_name("stories260K")
    writer.add_context_length(h["seq_len"])
    writer.add_embedding_length(h["dim"])
    writer.add_block_count(h["layers"])
    writer.add_feed_forward_length(h["hidden"])
    writer.add_head_count(h["heads"])
    writer.add_head_count_kv(h["kv_heads"])
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(h["dim"] // h["heads"])
    writer.add_tokenizer_model("llama")
    writer.add_token_list(pieces)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(True)
    writer.add_tensor("token_embd.weight", arrays["token_embd"])
    writer.add_tensor("output_norm.weight", arrays["output_norm"])
    for name in STORIES_SHAPES[1:-1]:
        for i in range(h["layers"]):
            writer.add_tensor(f"blk.{i}.{name}.weight", arrays[name][i])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def stories260k(shared_data, scratch):
    folder = os.path.join(shared_data, "models", "stories260K")
    checkpoint = os.path.join(folder, "stories260K.bin")
    header, arrays = read_llama2c(checkpoint)
    vocabulary = stories_vocabulary(os.path.join(folder, "tok512.bin"), header["vocab"])
    path = os.path.join(scratch, "stories260K.gguf")
    write_stories_gguf(path, header, arrays, vocabulary)
    core = sentencepiece_tokenizer(vocabulary[0], vocabulary[1], "<unk>", dummy_prefix=True)
    core.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in vocabulary[0][:3]])
    return Reference("stories260k", path, sha256(checkpoint), stories_model(header, arrays),
                     wrapped(core, "<s>", "</s>", True), True)
