"""Are two reports the same but for what differs between two runs of one process: identity, seconds and joules; and what
the evidence log says, which knows of both?"""
import json


def comparable(report):
    report = json.loads(json.dumps(report, ensure_ascii=False).replace(report["run"]["id"], "RUN"))
    report["run"].update(created="", finished="")
    report["methods"] = [m for m in report["methods"] if m["id"] != "evidence"]
    report["results"] = [r for r in report["results"] if r["task"] != "energy"]  # joules for each token
    return without(report, ("seconds", "joules"))


def without(node, keys):
    if isinstance(node, dict):
        return {k: without(v, keys) for k, v in node.items() if k not in keys}
    return [without(v, keys) for v in node] if isinstance(node, list) else node


def differences(a, b, path=""):
    if type(a) is not type(b):
        yield f"{path}: {a!r} and {b!r}"
    elif isinstance(a, dict):
        for key in {**a, **b}:
            yield from differences(a.get(key), b.get(key), f"{path}.{key}")
    elif isinstance(a, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b)):
            yield from differences(x, y, f"{path}[{i}]")
    elif a != b:
        yield f"{path}: {a!r} and {b!r}"


def check_equal(one, other, but=()):
    """Of two folders of reports; `but`: names that may differ."""
    a, b = (without(comparable(json.loads((folder / "report.json").read_text())), but) for folder in (one, other))
    found = list(differences(a, b))
    assert not found, "\n".join(found[:20])
    assert json.dumps(a) == json.dumps(b), "the same fields in another order"
