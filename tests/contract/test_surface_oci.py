"""Every attribute of the SDK that may say where data is has been looked at by somebody.

``surface_oci.json`` gives each a class:

    read       a collector reads it
    same as X  X is read, and says the same
    place      the region in which the resource is listed, which is known from where it was found
    asked      of requests: no answer to a read has it
    beside     of billing, contacts, catalogues, choices, findings and the like: it says nothing of
               where data is
    unread     it says where data is or goes, or came from, and this version does not read it

A new SDK that brings an attribute which is not in the file fails here: classify it, and write a
collector if data can be there.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import oci
import pytest

from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.registry import load_collectors
from auditor.demo.oci.shapes import shape
from auditor.spec import Collector
from tests.contract.answered_oci import models_answered
from tests.contract.answers_oci import READ, client_of, found_of

FILE = Path(__file__).with_name("surface_oci.json")
CLASSES = {"read", "same", "place", "asked", "beside", "unread"}
_ATTRIBUTE = re.compile(
    r"^ +'((?:\w+_)?(?:regions?|country|jurisdiction|cross_tenancy|cross_region)(?:_\w+)?"
    r"|\w+_tenan(?:cy|t)_(?:id|ocid)|is_remote|must_enforce_cloud_locality|requestor_location)'",
    re.MULTILINE,
)
_CLASS = re.compile(r"^class (\w+)\(", re.MULTILINE)
_REQUEST = re.compile(r"^(Create|Update|Change|Add|Copy|Register|Launch|Generate|Move|Request)\w+")


@pytest.fixture(scope="module")
def classified() -> dict[str, str]:
    """Attribute -> class."""
    read: dict[str, str] = json.loads(FILE.read_text())
    return read


def test_no_attribute_is_unclassified(classified: dict[str, str]) -> None:
    """Where data is must not be learned from somebody else's incident."""
    found = set(attributes())

    assert sorted(found - classified.keys()) == [], "classify these in surface_oci.json"
    assert sorted(classified.keys() - found) == [], "the SDK has these no more: take them out"


def test_classes_are_known(classified: dict[str, str]) -> None:
    """A misspelt class would hide what nobody reads."""
    assert {kind.partition(" ")[0] for kind in classified.values()} == CLASSES


def test_what_says_the_same_is_read(classified: dict[str, str]) -> None:
    """Two that point at each other would both be unread."""
    same = {kind.removeprefix("same as ") for kind in classified.values() if " " in kind}

    assert {classified.get(name) for name in same} == {"read"}


def test_what_no_read_answers_is_only_asked(classified: dict[str, str]) -> None:
    """A new read may answer what until now only requests could say."""
    asked = {name for name, kind in classified.items() if kind == "asked"}
    modules = {name.partition(".")[0] for name in classified}
    answered = {f"{module}.{model}" for module in modules for model in models_answered(module)}

    assert asked == {name for name in classified if name.rpartition(".")[0] not in answered}


def test_what_is_said_to_be_read_is_read(classified: dict[str, str]) -> None:
    """The file must not promise more than the collectors do, nor less."""
    claimed = {name for name, kind in classified.items() if kind == "read"}
    collectors = [each for each in load_collectors() if each.provider == "oci"]
    for collector in collectors:
        _read_with(collector, range(4))
    # Some is read only of one kind of resource in forty: other answers are more likely to be it.
    modules = {name.partition(".")[0] for name in claimed - set(_attributes_read())}
    for collector in collectors:
        calls = [each for each in collector.calls if each.service != KUBERNETES]
        if modules & {client_of(collector, call)[0] for call in calls}:
            _read_with(collector, range(4, 96))

    assert claimed == set(_attributes_read()) & classified.keys()


def attributes() -> Iterator[str]:
    """Yield 'module.Model.attribute' for every suspicious attribute of every answer's model."""
    for path in sorted(Path(oci.__file__).parent.glob("*/models/*.py")):
        text = path.read_text(encoding="utf-8")
        start = text.find("self.swagger_types = {")
        model = _CLASS.search(text)
        if start == -1 or model is None or _REQUEST.match(model[1]):
            continue
        for match in _ATTRIBUTE.finditer(text[start : text.find("}", start)]):
            yield f"{path.parts[-3]}.{model[1]}.{match[1]}"


def _attributes_read() -> Iterator[str]:
    for module, model, member in READ:
        known = shape(module, model)
        if known and member in known.by_wire:
            yield f"{module}.{model}.{known.by_wire[member].name}"


def _read_with(collector: Collector, seeds: range) -> None:
    for seed in seeds:
        found = found_of(collector, seed)
        list(collector.rows(found))
        if collector.axis:
            collector.axis.value(found)
            collector.axis.hides(found)
