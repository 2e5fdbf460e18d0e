"""What `assay assess` has stored, read from the file of the store."""
import json
import sqlite3


def records(store):
    """task -> sample -> record (sample, trace, score), of a store that holds one run."""
    out = {}
    with sqlite3.connect(store) as database:
        for task, sample, record in database.execute(
                "select tasks.task, samples.sample, records.record from samples join tasks on "
                "samples.unit = tasks.unit join records on records.id = samples.record"):
            out.setdefault(task, {})[sample] = json.loads(record)
    return out
