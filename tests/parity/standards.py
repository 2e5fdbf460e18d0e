#!/usr/bin/env python3
"""Exports of a real run against the schemas that the standards publish, and against other readers.

  CycloneDX 1.6   the schema and the validator in cyclonedx-python-lib[json-validation]
  OSCAL 1.1.3     NIST's complete JSON schema, of which the Go module go-oscal holds a copy
                  (ASSAY_OSCAL_SCHEMA names a file instead)
  in-toto         protobuf messages of in-toto-attestation, and the DSSE envelope of securesystemslib

  python3 -m venv DIR && DIR/bin/pip install 'cyclonedx-python-lib[json-validation]' in-toto-attestation \\
      'securesystemslib[crypto]' regex
  ASSAY=build/release/src/assay ASSAY_SOURCE_DIR=. DIR/bin/python tests/parity/standards.py

What cannot be had is left out aloud, and the status is then 77. Looked at are the documents in
tests/golden/standards (the unit tests hold Assay against them; their report has whatever breaks careless writers),
those of a run imported from tests/golden/logs, and with ASSAY_STANDARDS_STORE of the latest run of that store.
"""
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import uuid

ASSAY = os.environ["ASSAY"]
ROOT = pathlib.Path(os.environ["ASSAY_SOURCE_DIR"])
GO_OSCAL = "github.com/defenseunicorns/go-oscal@v0.6.2"
SCHEMA = "src/internal/schemas/oscal_complete_schema-1-1-3.json"
FILES = {"in-toto": "statement.intoto.json", "cyclonedx": "bom.cdx.json", "oscal": "assessment-results.oscal.json"}
skipped = []


def skip(what, why):
    skipped.append(what)
    print(f"standards: SKIPPED {what}: {why}", file=sys.stderr)


def oscal_schema():
    """The schema, or None where it cannot be had."""
    named = os.environ.get("ASSAY_OSCAL_SCHEMA")
    if named:
        return json.loads(pathlib.Path(named).read_text())
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "go.mod").write_text("module x\n\ngo 1.20\n")
        try:
            done = subprocess.run(["go", "mod", "download", "-json", GO_OSCAL], cwd=folder, capture_output=True,
                                  text=True, timeout=300)
        except (OSError, subprocess.TimeoutExpired):
            return None
    if done.returncode != 0:
        return None
    return json.loads((pathlib.Path(json.loads(done.stdout)["Dir"]) / SCHEMA).read_text())


def check_cyclonedx(bom):
    try:
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator
        validator = JsonStrictValidator(SchemaVersion.V1_6)
        error = validator.validate_str(json.dumps(bom))
    except Exception as problem:  # the library, or its extra
        return skip("CycloneDX", f"no cyclonedx-python-lib[json-validation]: {problem}")
    assert error is None, error
    bom["components"][0]["hashes"] = [{"alg": "SHA-256", "content": "no digest"}]
    assert validator.validate_str(json.dumps(bom)) is not None, "the validator finds nothing"
    print("standards: CycloneDX 1.6, strict: valid")


def with_regex(validators, regex):
    """OSCAL's patterns use \\p{L}, which Python's re does not know."""
    def pattern(_validator, wanted, instance, _schema):
        if isinstance(instance, str) and not regex.search(wanted, instance):
            yield validators.exceptions.ValidationError(f"{instance!r} does not match {wanted!r}")
    return validators.validators.extend(validators.Draft7Validator, {"pattern": pattern})


def check_oscal(document):
    try:
        import jsonschema
        import regex
    except ImportError as problem:
        return skip("OSCAL", str(problem))
    schema = oscal_schema()
    if schema is None:
        return skip("OSCAL", f"no schema: neither ASSAY_OSCAL_SCHEMA nor `go mod download {GO_OSCAL}`")
    assert schema["$id"].endswith("/1.1.3/oscal-complete-schema.json"), schema["$id"]
    ours = {"$ref": "#/definitions/oscal-complete-oscal-ar:assessment-results", "definitions": schema["definitions"]}
    validator = with_regex(jsonschema, regex)(ours, format_checker=jsonschema.FormatChecker())
    results = document["assessment-results"]
    problems = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(results)]
    assert not problems, "\n".join(problems[:20])
    results["results"][0]["observations"][0]["uuid"] = "no uuid"
    assert list(validator.iter_errors(results)), "the validator finds nothing"
    print("standards: OSCAL 1.1.3: valid")


def check_in_toto(statement):
    try:
        from google.protobuf import json_format
        from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
        from in_toto_attestation.v1 import statement as statements
        from in_toto_attestation.v1 import statement_pb2
    except ImportError as problem:
        return skip("in-toto", str(problem))
    message = json_format.Parse(json.dumps(statement), statement_pb2.Statement())  # refuses unknown fields
    wrapped = statements.Statement.copy_from_pb(message)
    wrapped.validate()
    json_format.Parse(json.dumps(statement["predicate"]), test_result_pb2.TestResult())
    print("standards: in-toto Statement v1, test-result v0.1: read by the Python bindings")


def check_references(folder, documents):
    """What the documents say of the files beside them, and where they point, is so."""
    def digest(name):
        return hashlib.sha256((folder / name).read_bytes()).hexdigest()
    for subject in documents["in-toto"]["subject"]:
        if subject["name"].startswith("report."):
            assert subject["digest"]["sha256"] == digest(subject["name"]), subject
    report = json.loads((folder / "report.json").read_text())
    for reference in documents["cyclonedx"]["components"][0]["externalReferences"]:
        assert reference["hashes"][0]["content"] == digest(reference["url"]), reference
    results = documents["oscal"]["assessment-results"]
    space = uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "urn:assay:report"),
                       f"{report['run']['id']}/{report['run']['created']}/oscal/plan")
    assert results["import-ap"]["href"] == f"#{space}", results["import-ap"]
    known = set()
    collect(results, known)
    for kind, value in pointers(results):
        assert value in known, f"{kind} points nowhere: {value}"
    checked = 0
    for observation in results["results"][0]["observations"]:
        for evidence in observation.get("relevant-evidence", []):
            checked += check_evidence(report, evidence)
    print(f"standards: {checked} references to figures and samples are right")


def check_evidence(report, evidence):
    if "href" not in evidence:
        return 0
    name, _, pointer = evidence["href"].partition("#")
    assert name == "report.json", evidence
    place = report
    for part in pointer.split("/")[1:]:
        place = place[int(part)] if isinstance(place, list) else place[part]
    for prop in evidence.get("props", []):
        if prop["name"] == "sha256":
            text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
            assert hashlib.sha256(text.encode()).hexdigest() == prop["value"], evidence
        if prop["name"] == "sample":
            assert prop["value"].endswith("/" + place["sample_id"]), evidence
    return 1


def collect(node, known):
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        collect(each, known)
    if isinstance(node, dict) and "uuid" in node:
        assert node["uuid"] not in known, f"used twice: {node['uuid']}"
        known.add(node["uuid"])


def pointers(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key.endswith("-uuid"):
                yield key, value
            else:
                yield from pointers(value)
    elif isinstance(node, list):
        for each in node:
            yield from pointers(each)


def check_envelope(envelope, statement):
    """The golden envelope is signed by the Ed25519 key of the seed 1, 2, ... 32."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
        from securesystemslib.dsse import Envelope
        from securesystemslib.exceptions import VerificationError
        from securesystemslib.signer import SSlibKey
    except ImportError as problem:
        return skip("DSSE", str(problem))
    public = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))).public_key()
    value = public.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    key = SSlibKey("test key", "ed25519", "ed25519", {"public": value})
    read = Envelope.from_dict(json.loads(json.dumps(envelope)))
    read.verify([key], 1)
    assert json.loads(read.payload) == statement and read.payload_type == "application/vnd.in-toto+json"
    read.payload += b" "
    try:
        read.verify([key], 1)
    except VerificationError:
        print("standards: DSSE: the signature is verified by securesystemslib")
        return None
    raise AssertionError("a changed payload is verified")


def check_golden():
    folder = ROOT / "tests/golden/standards"
    documents = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    check_in_toto(documents["statement.intoto.json"])
    check_envelope(documents["envelope.dsse.json"], documents["statement.intoto.json"])
    check_cyclonedx(documents["bom.cdx.json"])
    check_oscal(documents["assessment-results.oscal.json"])


def check_run(store, folder):
    for lang in ("en", "zh"):
        documents = {}
        out = folder / lang
        for standard, name in FILES.items():
            subprocess.run([ASSAY, "export", "latest", "--to", standard, "--lang", lang, "--out", out, "--store", store],
                           check=True, stdout=subprocess.DEVNULL, timeout=300)
            documents[standard] = json.loads((out / name).read_text())
        check_references(out, documents)
        check_in_toto(documents["in-toto"])
        check_cyclonedx(documents["cyclonedx"])
        check_oscal(documents["oscal"])


def main():
    check_golden()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        store = folder / "runs.db"
        subprocess.run([ASSAY, "import", ROOT / "tests/golden/logs/capitals.eval", "--store", store], check=True,
                       stdout=subprocess.DEVNULL, timeout=300)
        check_run(store, folder / "imported")
        if os.environ.get("ASSAY_STANDARDS_STORE"):
            check_run(os.environ["ASSAY_STANDARDS_STORE"], folder / "real")
    return 77 if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
