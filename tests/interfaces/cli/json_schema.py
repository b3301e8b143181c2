"""A judge of JSON against a JSON Schema, for the keywords our schemas use; any other keyword is an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Value = Any
Schema = dict[str, Any]
_SILENT = {"$schema", "$defs", "title", "description", "type", "$ref", "oneOf", "properties", "items"}


def fits(value: Value, schema: Schema, root: Schema | None = None) -> bool:
    """Whether the value is what the schema describes."""
    root = root or schema
    unknown = schema.keys() - _SILENT - _BY_WORD.keys()
    if unknown:
        raise ValueError(f"the judge does not know {unknown}")
    return (
        _has_type(value, schema.get("type"))
        and all(_BY_WORD[word](value, schema) for word in schema.keys() & _BY_WORD.keys())
        and all(fits(part, one, root) for part, one in _parts(value, schema, root))
        and ("oneOf" not in schema or sum(fits(value, one, root) for one in schema["oneOf"]) == 1)
    )


def _parts(value: Value, schema: Schema, root: Schema) -> list[tuple[Value, Schema]]:
    parts = [(value, root["$defs"][schema["$ref"].rpartition("/")[2]])] if "$ref" in schema else []
    parts += [(value[key], one) for key, one in schema.get("properties", {}).items() if key in value]
    return parts + [(each, schema["items"]) for each in (value if "items" in schema else ())]


def _has_type(value: Value, name: str | None) -> bool:
    types = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": (int, float)}
    if name is None:
        return True
    if not isinstance(value, types[name]) or isinstance(value, bool):
        return False
    return name != "integer" or value == int(value)


_BY_WORD: dict[str, Callable[[Value, Schema], bool]] = {
    "enum": lambda value, schema: value in schema["enum"],
    "required": lambda value, schema: all(key in value for key in schema["required"]),
    "additionalProperties": lambda value, schema: value.keys() <= schema["properties"].keys(),
    "minItems": lambda value, schema: len(value) >= schema["minItems"],
    "maxItems": lambda value, schema: len(value) <= schema["maxItems"],
    "pattern": lambda value, schema: re.search(schema["pattern"], value) is not None,
    "minimum": lambda value, schema: value >= schema["minimum"],
    "exclusiveMinimum": lambda value, schema: value > schema["exclusiveMinimum"],
    "maximum": lambda value, schema: value <= schema["maximum"],
}
