"""Write docs/examples/sagesman_types.py: the answers that the example client reads, as TypedDicts.

They come from the pinned OpenAPI document: `python scripts/client_types.py`. A field that an answer may lack is
`NotRequired`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "examples" / "sagesman_types.py"
# What the client's methods give back; what these are made of comes along.
WANTED = ("Submission", "AnswerOut", "ClaimPage", "ClaimDetail", "Problem")
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}

Schema = dict[str, Any]


def written(document: Schema) -> str:
    """The module for an OpenAPI document."""
    schemas: dict[str, Schema] = document["components"]["schemas"]
    needed: set[str] = set()
    waiting = list(WANTED)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += _references(schemas[name])
    source = "\n\n\n".join((_HEADER.strip(), *(_one(name, schemas[name]) for name in sorted(needed))))
    ruff = [sys.executable, "-m", "ruff"]
    for step in (["check", "--select", "F401,I", "--fix"], ["format"]):
        command = [*ruff, *step, "--quiet", "--stdin-filename", str(TARGET), "-"]
        source = subprocess.run(command, input=source, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return source


_HEADER = '''
"""What Sagesman answers, as types. Written by scripts/client_types.py from the OpenAPI document; do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict
'''


def _references(schema: object) -> list[str]:
    if isinstance(schema, list):
        return [name for each in schema for name in _references(each)]
    if not isinstance(schema, dict):
        return []
    inner = [name for each in schema.values() for name in _references(each)]
    reference = schema.get("$ref")
    return [*inner, _name(reference)] if isinstance(reference, str) else inner


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _one(name: str, schema: Schema) -> str:
    if "properties" not in schema:
        return f"{name} = {_type(schema)}"
    required = set(schema.get("required", ()))
    fields = []
    for field, each in schema["properties"].items():
        kind = _type(each)
        fields.append(f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}")
    return "\n".join((f"class {name}(TypedDict):", *fields))


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return _name(schema["$ref"])
    if "const" in schema:
        return f"Literal[{_quoted(schema['const'])}]"
    if "enum" in schema:
        return f"Literal[{', '.join(map(_quoted, schema['enum']))}]"
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(map(_type, schema[several])))
    if "allOf" in schema and len(schema["allOf"]) == 1:
        return _type(schema["allOf"][0])
    kind = schema.get("type")
    if kind == "array":
        return f"list[{_type(schema.get('items', {}))}]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {_type(inner) if isinstance(inner, dict) else 'Any'}]"
    return _PLAIN.get(str(kind), "Any")


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    pinned = json.loads((ROOT / "tests" / "api" / "openapi.json").read_text("utf-8"))
    TARGET.write_text(written(pinned), "utf-8")
