"""Copies of a GGUF with other weights or another chat template."""
import numpy as np
from gguf import GGUFValueType, GGUFWriter

TEMPLATE = "tokenizer.chat_template"


def begin(reader, out, template=None):
    """A writer with all fields of the file that `reader` has open; `template` in place of its chat template."""
    writer = GGUFWriter(out, reader.get_field("general.architecture").contents())
    for field in reader.fields.values():
        if field.name.startswith("GGUF.") or field.name == "general.architecture":
            continue
        if field.name == TEMPLATE and template:
            continue
        kind = field.types[0]
        writer.add_key_value(field.name, field.contents(), kind,
                             field.types[-1] if kind == GGUFValueType.ARRAY else None)
    if template:
        writer.add_chat_template(template)
    return writer


def add_weights(writer, name, weights):
    """Matrices in f16, all else in f32."""
    writer.add_tensor(name, weights.astype(np.float16 if weights.ndim == 2 else np.float32))


def finish(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
