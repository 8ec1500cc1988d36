"""Everything in botocore that may say where data is, or take it elsewhere, is known to somebody.

``surface_aws.yaml`` says what the classes mean. A new botocore that brings a service, a member
that may name a place or an operation that may copy fails here: look at it, write a collector if
data can be there, enter it in the catalogue, and only then in that file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from botocore.model import Shape
from ruamel.yaml import YAML

from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.registry import load_collectors
from tests.contract.aws_answers import BOTOCORE
from tests.contract.test_catalogue_aws import CATALOGUE

SURFACE = YAML(typ="safe").load(Path(__file__).with_name("surface_aws.yaml"))
CLASSES = {"catalogue", "collected", "content", "settings", "former", "unread"}
_READS = re.compile(r"(Get|BatchGet|List|Describe|Head|Lookup|Search|Query|Select)[A-Z]")
_PLACE = re.compile(
    r"region|country|jurisdiction|residency|availab\w*zone|localzone|partition$|geo", re.IGNORECASE
)
_AWAY = re.compile(
    r"replica|copy|export|share|mirror|migrat|failover|crossregion|crossaccount|global|multiregion"
    r"|sync|transfer|putresourcepolicy|addpermission|delivery|destination|forward|outpost",
    re.IGNORECASE,
)

services = pytest.mark.parametrize("service", BOTOCORE.get_available_services())


def test_no_service_is_unclassified() -> None:
    """A new service is a new place for data."""
    known: Mapping[str, str] = SURFACE["services"]

    assert sorted(set(BOTOCORE.get_available_services()) ^ known.keys()) == []
    assert set(known.values()) == CLASSES


def test_the_catalogue_and_the_collectors_agree_with_the_classes() -> None:
    in_catalogue = {entry["client"] for entry in CATALOGUE}
    called = {
        call.service or collector.service
        for collector in load_collectors()
        if collector.provider == "aws"
        for call in collector.calls
    } - {KUBERNETES}

    assert {name for name, kind in SURFACE["services"].items() if kind == "catalogue"} == (
        in_catalogue
    )
    assert "unread" not in {SURFACE["services"][service] for service in called}


@services
def test_no_place_and_no_way_out_is_unknown(service: str) -> None:
    """Where data is must not be learned from somebody else's incident."""
    assert sorted(_places(service)) == _known("members", service)
    assert sorted(_ways_out(service)) == _known("operations", service)


def _known(section: str, service: str) -> Sequence[str]:
    return list(SURFACE[section].get(service, ()))


def _places(service: str) -> set[str]:
    """Members of answers that read, by name, that may say where something is."""
    model = BOTOCORE.get_service_model(service)
    found: set[str] = set()
    for operation in filter(_READS.match, model.operation_names):
        found |= set(_members(model.operation_model(operation).output_shape, set()))
    return found


def _members(shape: Shape | None, seen: set[str]) -> Iterator[str]:
    if shape is None or shape.name in seen:
        return
    seen.add(shape.name)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if _PLACE.search(name) and member.type_name in ("string", "list", "structure", "map"):
                yield name
            yield from _members(member, seen)
    elif shape.type_name in ("list", "map"):
        yield from _members(getattr(shape, "member", None) or shape.value, seen)


def _ways_out(service: str) -> set[str]:
    names = BOTOCORE.get_service_model(service).operation_names
    return {name for name in names if not _READS.match(name) and _AWAY.search(name)}
