#!/usr/bin/env python3
"""Encodings of src/attack/transforms against Python's own: base64, binascii, urllib, html, json, codecs,
unicodedata.

  transforms.py           computes the references again and compares them with tests/golden/transforms.json
  transforms.py --write   writes that file (by hand, when a form is added)

The unit test attack/transforms_golden_test.cpp holds Assay's functions against the file.
"""
import base64
import codecs
import html
import json
import os
import random
import string
import sys
import unicodedata
import urllib.parse

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "transforms.json")


def texts():
    rng = random.Random(11)
    out = ["a", "ab", "abc", "abcd", "Hello, World!", "How do I open the blue cabinet?", "100% & <b>\"x\"</b>",
           "line one\nline two\ttab", "我怎么打开蓝色的柜子？", "naïve café", "\U0001F422 turtle \U0001F600",
           "\0\0\0\0zeros\0\0\0\0", "混合 mixed 文字 123"]
    for _ in range(15):
        out.append("".join(rng.choice(string.printable[:95]) for _ in range(rng.randint(1, 60))))
    for _ in range(8):
        points = [rng.choice([rng.randint(0x20, 0x7E), rng.randint(0x4E00, 0x9FA5), rng.randint(0xA1, 0x24F),
                              rng.randint(0x1F300, 0x1F64F)]) for _ in range(rng.randint(1, 30))]
        out.append("".join(map(chr, points)))
    return out


def shifted(text, by):
    low, up = string.ascii_lowercase, string.ascii_uppercase
    return text.translate(str.maketrans(low + up, low[by:] + low[:by] + up[by:] + up[:by]))


def escapes(text):
    units = text.encode("utf-16-be")
    return "".join("\\u" + units[i:i + 2].hex() for i in range(0, len(units), 2))


def area_codes(text):
    out = []
    for c in text:
        try:
            code = c.encode("gb2312")
        except UnicodeEncodeError:
            code = b""
        out.append("%02d%02d" % (code[0] - 0xA0, code[1] - 0xA0) if len(code) == 2 else c)
    return " ".join(out)


def full_width(text):
    out = "".join("\u3000" if c == " " else chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    if text.isascii() and text.isprintable():
        assert unicodedata.normalize("NFKC", out) == text
    return out


def record(text):
    data = text.encode()
    out = {
        "text": text,
        "base64": base64.b64encode(data).decode(),
        "base32": base64.b32encode(data).decode(),
        "hex": data.hex(),
        "binary": " ".join(format(b, "08b") for b in data),
        "ascii85": base64.a85encode(data).decode(),
        "percent": "".join("%%%02X" % b for b in data),
        "html_entities": "".join("&#%d;" % ord(c) for c in text),
        "unicode_escapes": escapes(text),
        "char_codes": " ".join(str(ord(c)) for c in text),
        "rot13": codecs.encode(text, "rot_13"),
        "caesar:7": shifted(text, 7),
        "atbash": text.translate(str.maketrans(string.ascii_letters, string.ascii_lowercase[::-1]
                                               + string.ascii_uppercase[::-1])),
        "reversed_text": text[::-1],
        "area_codes": area_codes(text),
        "fullwidth": full_width(text),
    }
    assert urllib.parse.unquote(out["percent"]) == text
    assert json.loads('"' + out["unicode_escapes"] + '"') == text
    if "\0" not in text:  # &#0; is U+FFFD in HTML
        assert html.unescape(out["html_entities"]) == text
    return out


def main():
    document = {"source": "Python base64, codecs, html, json, urllib, unicodedata",
                "records": [record(text) for text in texts()]}
    if sys.argv[1:] == ["--write"]:
        with open(GOLDEN, "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=True, indent=1)
            file.write("\n")
        print("transforms: wrote %d texts" % len(document["records"]))
        return 0
    with open(GOLDEN, encoding="utf-8") as file:
        same = json.load(file)["records"] == document["records"]
    print("transforms: %d texts, %s" % (len(document["records"]), "as in the golden file" if same else "CHANGED"))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
