"""The report document: real documents hold to the JSON Schema, and the page's types say the same.

Without the Python module jsonschema (Debian: python3-jsonschema) the comparison of fields still runs,
and the test then shows as skipped.
"""
import json
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ["ASSAY_SOURCE_DIR"])
sys.path.insert(0, str(ROOT / "tests/support"))
import schema  # noqa: E402  (found by the line above)

SCHEMA = schema.REPORT
# Names that the two give to the same thing; the page has no names for the rest.
SAME = {"Report": None, "Text": "Text", "Interval": "Interval", "Estimate": "Estimate", "Figure": "Figure",
        "VarianceShare": "VarianceShare", "Example": "Example", "Claim": "Claim", "TaskResult": "TaskResult",
        "Topic": "Topic", "Ledger": "Ledger", "ModelInfo": "ModelInfo", "Crosswalk": "Crosswalk",
        "Standard": "Standard", "Clause": "Clause", "ClauseLink": "ClauseLink", "SafetyCase": "SafetyCase",
        "CaseArea": "CaseArea", "CaseNode": "CaseNode"}
INLINE = {("Report", "run"): "Run", ("Report", "summary"): "Summary", ("Report", "ledger"): "Costs",
          ("Report", "areas"): "Area", ("Report", "methods"): "Method", ("Example", "transcript"): "Message",
          ("TaskResult", "unassessed_reasons"): "Reason", ("Standard", "checked"): "Checked"}


def without_comments(text):
    return re.sub(r"/\*.*?\*/", "", re.sub(r"//[^\n]*", "", text), flags=re.S)


def body_at(text, start):
    """The text between the brace at `start` and its partner."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1:place]
    raise AssertionError("unbalanced braces in types.ts")


def fields(body):
    """{name: (optional, inner body or None)} of an interface's body."""
    found, depth, start, parts = {}, 0, 0, []
    for place, char in enumerate(body):
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(char, 0)
        if depth == 0 and char in ";\n,":
            parts.append(body[start:place])
            start = place + 1
    for part in parts + [body[start:]]:
        match = re.match(r"\s*(\w+)(\?)?\s*:(.*)", part, re.S)
        if match:
            brace = match[3].find("{")
            found[match[1]] = (bool(match[2]), body_at(match[3], brace) if brace >= 0 else None)
    return found


def unions(text):
    return {name: set(re.findall(r'"([^"]*)"', body)) for name, body in re.findall(r"export type (\w+) =([^;]*);", text)}


def compare(name, body, definition, problems):
    got = fields(body)
    wanted = set(definition["properties"])
    if set(got) != wanted:
        problems.append(f"{name}: only in types.ts {sorted(set(got) - wanted)}, only in the schema {sorted(wanted - set(got))}")
    optional = {field for field, (is_optional, _) in got.items() if is_optional}
    if optional != wanted - set(definition["required"]):
        problems.append(f"{name}: optional in types.ts {sorted(optional)}, in the schema "
                        f"{sorted(wanted - set(definition['required']))}")
    if definition.get("additionalProperties") is not False:
        problems.append(f"{name}: the schema lets other fields in")
    for field, (_, inner) in got.items():
        if inner is not None and (name, field) in INLINE:
            compare(f"{name}.{field}", inner, SCHEMA["$defs"][INLINE[name, field]], problems)


def compare_with_types():
    text = without_comments((ROOT / "web/src/types.ts").read_text())
    problems = []
    interfaces = {match[1]: body_at(text, match.end() - 1) for match in re.finditer(r"export interface (\w+) \{", text)}
    if set(interfaces) != set(SAME):
        problems.append(f"interfaces: {sorted(set(interfaces) ^ set(SAME))} are in one of the two only")
    for name in set(interfaces) & set(SAME):
        compare(name, interfaces[name], SCHEMA["$defs"][SAME[name]] if SAME[name] else SCHEMA, problems)
    for name, values in unions(text).items():
        if set(SCHEMA["$defs"][name]["enum"]) != values:
            problems.append(f"type {name}: {sorted(values)} is not what the schema has")
    assert not problems, "\n".join(problems)


def validate():
    report = json.loads((ROOT / "tests/golden/report/report.json").read_text())
    errors = schema.errors(report)
    if errors is None:
        print("report_schema: SKIPPED validation: no Python module jsonschema (Debian: python3-jsonschema)")
        return False
    assert not errors, "\n".join(errors)
    report["results"][0]["extra"] = 1
    assert schema.errors(report), "the schema lets an unknown field in"
    return True


if __name__ == "__main__":
    compare_with_types()
    sys.exit(0 if validate() else 77)
