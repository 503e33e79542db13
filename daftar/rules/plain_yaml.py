"""YAML as parameters are written in it: what stands there twice is refused, and nothing reads as what it does not look.

The full language keeps the last of two equal keys, and takes 010 for 8, 1:30 for 90, `no` for false.
"""

import re
from typing import Any

import yaml


class PlainLoader(yaml.SafeLoader):
    """Text, whole decimal numbers, true and false, null, ISO dates, lists and mappings."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """A mapping whose keys stand there once."""
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for place, key in enumerate(keys):
            if any((key.tag, key.value) == (other.tag, other.value) for other in keys[:place]):
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands there twice", key.start_mark)
        return super().construct_mapping(node, deep)

    def construct_yaml_timestamp(self, node: Any) -> Any:
        """A day; one that no calendar has stays the text that it is."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError:
            return node.value


for tag, first, pattern in (
    ("bool", "tf", r"true|false"),
    ("int", "-0123456789", r"-?(?:0|[1-9][0-9]*)"),
    ("null", ["n", "~", ""], r"null|~|"),
    ("timestamp", "0123456789", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
):
    PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), list(first))
PlainLoader.add_constructor("tag:yaml.org,2002:timestamp", PlainLoader.construct_yaml_timestamp)


def read_plain(text: str) -> Any:
    """What a text says; yaml.YAMLError where it cannot be read."""
    return yaml.load(text, PlainLoader)


def in_one_line(error: yaml.YAMLError) -> str:
    """What is wrong, after the line on which it is."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return " ".join(str(error).split())
    mark = error.problem_mark or error.context_mark
    said = ", ".join(part for part in (error.context, error.problem) if part)
    return f"line {mark.line + 1}: {said}" if mark else said
