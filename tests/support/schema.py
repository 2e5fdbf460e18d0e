"""Validates documents against docs/schema/, by the Python module jsonschema (Debian: python3-jsonschema)."""
import json
import os
import pathlib
import sys

ROOT = pathlib.Path(os.environ["ASSAY_SOURCE_DIR"])
REPORT = json.loads((ROOT / "docs/schema/report-1.schema.json").read_text())


def validator():
    """A validator of the report's schema, or None where the module is missing."""
    sys.path.append("/usr/lib/python3/dist-packages")  # Debian's modules, also for another Python 3
    try:
        import jsonschema
    except ImportError:
        return None
    finally:
        sys.path.pop()
    jsonschema.Draft202012Validator.check_schema(REPORT)
    return jsonschema.Draft202012Validator(REPORT)


def errors(report):
    """What is wrong with the report, a line each; None where it could not be looked at."""
    checker = validator()
    if checker is None:
        return None
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in checker.iter_errors(report)]
