#!/usr/bin/env python3
"""patch_llama.py SOURCES: two changes of llama.cpp's products of matrices, for GCC 12.

AMX (mmq.cpp): GCC 12 tells the optimiser that _tile_loadconfig reads 8 bytes of the 64-byte
configuration, so the rest of it is never written, and the first tile instruction is illegal: the
program dies on any processor with AMX. A barrier keeps the writes (GCC bug in amxtileintrin.h, whose
operand is `*(const void **)`).

AVX-512 (sgemm.cpp): faster where rows are short. Each tile of a product keeps its sums in 24 vector
registers and adds up the lanes of each at the end. GCC keeps them on the stack for that, and adds up
one at a time; for the short rows of small models this is a fifth of the tile's time. Here the loops
are unrolled, so that the sums stay in registers, and the lanes of four sums are added up together.
Sums are the same up to the order of 16 additions.

The untouched files are kept beside as *.orig, so this can be run again.
"""
import pathlib
import re
import sys

HSUM4 = """
// Lane sums of four vectors.
inline __m128 hsum4(__m512 a, __m512 b, __m512 c, __m512 d) {
    const __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
    const __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
    const __m512 s = _mm512_add_ps(_mm512_shuffle_ps(ab, cd, 0x44), _mm512_shuffle_ps(ab, cd, 0xEE));
    const __m256 high = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(s), 1));
    const __m256 h = _mm256_add_ps(_mm512_castps512_ps256(s), high);
    return _mm_add_ps(_mm256_castps256_ps128(h), _mm256_extractf128_ps(h, 1));
}
"""
STORE = """#if defined(__AVX512F__)
        if constexpr (RM == 4 && sizeof(D) == sizeof(__m512) && sizeof(TC) == sizeof(float)) {
#pragma GCC unroll 8
            for (int64_t j = 0; j < RN; ++j) {
                _mm_storeu_ps((float *) C + ldc * (jj + j) + ii,
                              hsum4(Cv[j][0], Cv[j][1], Cv[j][2], Cv[j][3]));
            }
            return;
        }
#endif
"""


def once(text, pattern, what):
    """The only match of the pattern; another version of llama.cpp needs another patch."""
    found = list(re.finditer(pattern, text, re.S))
    if len(found) != 1:
        sys.exit(f"patch_llama: {len(found)} places for {what}, 1 expected; this llama.cpp is another version")
    return found[0]


def safe_amx(text):
    load = once(text, r"    _tile_loadconfig\(&tc\);\n", "the configuration of tiles")
    barrier = '    asm volatile("" : : "r"(&tc) : "memory");\n'
    return text[:load.start()] + barrier + text[load.start():]


def fast_avx512(text):
    hsum = once(text, r"inline float hsum\(__m512 x\) \{[^}]*\}\n", "the sum of lanes")
    text = text[:hsum.end()] + HSUM4 + text[hsum.end():]
    tile = once(text, r"    inline void gemm_bloc\(int64_t ii, int64_t jj\) \{\n        D Cv\[RN\]\[RM\] = \{\};.*?\n    \}\n",
                "the tile")
    body = re.sub(r"(?m)^( +for \(int64_t [ij] = 0; [ij] < R[MN])", r"#pragma GCC unroll 8\n\1", tile.group())
    last = body.rindex("#pragma GCC unroll 8\n        for (int64_t j")
    return text[:tile.start()] + body[:last] + STORE + body[last:] + text[tile.end():]


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


if __name__ == "__main__":
    main()
