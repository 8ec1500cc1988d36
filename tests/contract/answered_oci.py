"""Which models of Oracle Cloud's SDK an answer to a read can hold."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import oci

from auditor.collect.oci.reads import READING_POSTS
from auditor.demo.oci.shapes import Type, models, parse_type, shape

_METHOD = re.compile(r"^    def (\w+)\(", re.MULTILINE)
_ANSWER = re.compile(r'response_type="([^"]+)"')
_GET = '\n        method = "GET"\n'
_POSTS = {name.rpartition(".")[2] for name in READING_POSTS}


def models_answered(module: str) -> set[str]:
    """Return every model that is in some answer, however deep, with all that extend it."""
    extended: dict[str, set[str]] = defaultdict(set)
    for name in models(module):
        known = shape(module, name)
        for ancestor in known.lineage if known else ():
            extended[ancestor].add(name)
    left = [innermost(parse_type(answer)) for answer in _answers(module)]
    found: set[str] = set()
    while left:
        name = left.pop()
        known = shape(module, name)
        if known and name not in found:
            found.add(name)
            left += extended[name]
            left += [innermost(field.type) for field in known.fields.values()]
    return found


def _answers(module: str) -> Iterator[str]:
    for path in (Path(oci.__file__).parent / module).glob("*_client.py"):
        _, *parts = _METHOD.split(path.read_text(encoding="utf-8"))
        for name, body in zip(parts[::2], parts[1::2], strict=True):
            answer = _ANSWER.search(body)
            if answer and (_GET in body or name in _POSTS):
                yield answer[1]


def innermost(type_: Type) -> str:
    """Return the model or plain type in any lists and maps."""
    while type_.inner is not None:
        type_ = type_.inner
    return type_.name
