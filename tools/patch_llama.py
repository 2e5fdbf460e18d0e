#!/usr/bin/env python3
"""patch_llama.py SOURCES: three changes of llama.cpp's CPU backend; the first two are for GCC 12.

AMX (mmq.cpp): GCC 12 tells the optimiser that _tile_loadconfig reads 8 bytes of the 64-byte
configuration, so the rest of it is never written, and the first tile instruction is illegal: the
program dies on any processor with AMX. A barrier keeps the writes (GCC bug in amxtileintrin.h, whose
operand is `*(const void **)`).

AVX-512 (sgemm.cpp): faster where rows are short. Each tile of a product keeps its sums in 24 vector
registers and adds up the lanes of each at the end. GCC keeps them on the stack for that, and adds up
one at a time; for the short rows of small models this is a fifth of the tile's time. Here the loops
are unrolled, so that the sums stay in registers, and the lanes of four sums are added up together.
Sums are the same up to the order of 16 additions.

Attention (ops.cpp): batched decoding spent up to half of its time in the attention of single queries;
llama/attention_avx512.h takes its place where the processor has AVX-512.

The untouched files are kept beside as *.orig, so this can be run again.
"""
import pathlib
import re
import sys

STORE = """#if defined(__AVX512F__)
        if constexpr (RM == 4 && sizeof(D) == sizeof(__m512) && sizeof(TC) == sizeof(float)) {
#pragma GCC unroll 8
            for (int64_t j = 0; j < RN; ++j) {
                _mm_storeu_ps((float *) C + ldc * (jj + j) + ii,
                              assay_lane_sums(Cv[j][0], Cv[j][1], Cv[j][2], Cv[j][3]));
            }
            return;
        }
#endif
"""
ATTENTION = """        bool fast = false;
#if defined(ASSAY_FAST_ATTENTION)
        fast = k->type == GGML_TYPE_F16 && v->type == GGML_TYPE_F16 && !params->use_ref &&
               assay_attention::fits(DK, DV);
        if (fast) {
            const assay_attention::Rows keys = { (const char *) k->data + ik2*nbk2 + ik3*nbk3, nbk1 };
            const assay_attention::Rows values = { (const char *) v->data + iv2*nbv2 + iv3*nbv3, nbv1 };
            assay_attention::row(DK, DV, pq, keys, values, { scale, logit_softcap, slope, mp }, ic_start, ic_end,
                                 VKQ32, M, S);
        } else
#endif
"""


def once(text, pattern, what):
    """The only match of the pattern; another version of llama.cpp needs another patch."""
    found = list(re.finditer(pattern, text, re.S))
    if len(found) != 1:
        sys.exit(f"patch_llama: {len(found)} places for {what}, 1 expected; this llama.cpp is another version")
    return found[0]


def also_include(text, known, ours):
    at = once(text, re.escape(f'#include "{known}"\n'), f"the header {known}").end()
    return f'{text[:at]}#include "{ours}"\n{text[at:]}'


def safe_amx(text):
    load = once(text, r"    _tile_loadconfig\(&tc\);\n", "the configuration of tiles")
    barrier = '    asm volatile("" : : "r"(&tc) : "memory");\n'
    return text[:load.start()] + barrier + text[load.start():]


def fast_avx512(text):
    text = also_include(text, "simd-mappings.h", "lane_sums_avx512.h")
    tile = once(text, r"    inline void gemm_bloc\(int64_t ii, int64_t jj\) \{\n        D Cv\[RN\]\[RM\] = \{\};.*?\n    \}\n",
                "the tile")
    body = re.sub(r"(?m)^( +for \(int64_t [ij] = 0; [ij] < R[MN])", r"#pragma GCC unroll 8\n\1", tile.group())
    last = body.rindex("#pragma GCC unroll 8\n        for (int64_t j")
    return text[:tile.start()] + body[:last] + STORE + body[last:] + text[tile.end():]


def fast_attention(text):
    text = also_include(text, "vec.h", "attention_avx512.h")
    name = "static void ggml_compute_forward_flash_attn_ext_f16_one_chunk("
    start = once(text, re.escape(name), "the attention of single queries").start()
    head, body = text[:start], text[start:]
    loop = once(body[:body.index("\n}\n")], r"        for \(int64_t ic = ic_start; ic < ic_end; \+\+ic\) \{\n",
                "the loop over positions")
    body = body[:loop.start()] + ATTENTION + body[loop.start():]
    widen = once(body[:body.index("\n}\n")],
                 r"        if \(v->type == GGML_TYPE_F16\) \{\n            for \(int64_t d = 0; d < DV; \+\+d\)",
                 "the widening of the sums")
    return head + body[:widen.start()] + widen.group().replace("if (", "if (!fast && ") + body[widen.end():]


def patch(file, change):
    original = file.with_suffix(".cpp.orig")
    if not original.exists():
        original.write_bytes(file.read_bytes())
    new = change(original.read_text())
    if file.read_text() != new:
        file.write_text(new)
        print(f"llama.cpp: {file.name} is patched")


def main():
    cpu = pathlib.Path(sys.argv[1]) / "ggml/src/ggml-cpu"
    patch(cpu / "amx/mmq.cpp", safe_amx)
    patch(cpu / "llamafile/sgemm.cpp", fast_avx512)
    patch(cpu / "ops.cpp", fast_attention)
    for header in (pathlib.Path(__file__).parent / "llama").glob("*.h"):
        (cpu / header.name).write_bytes(header.read_bytes())


if __name__ == "__main__":
    main()
