"""Every service of Oracle Cloud's SDK, and every operation that may copy, is known to somebody.

``services_oci.yaml`` says what the classes mean. A new SDK that brings a service or an operation
that may make a copy fails here: look at it, write a collector if data can be there, enter it in the
catalogue, and only then in that file. Attributes that may name a place: test_surface_oci.py.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import oci
import pytest
from ruamel.yaml import YAML

from tests.contract.oci_catalogue import CATALOGUE, callers

SURFACE = YAML(typ="safe").load(Path(__file__).with_name("services_oci.yaml"))
SERVICES: Mapping[str, str] = SURFACE["services"]
CLASSES = {"catalogue", "collected", "content", "settings", "unread"}
OUTCOMES = {"read", "unread", "nothing", "content"}
CALLED = callers().keys()
MODELS = Path(oci.__file__).parent.glob("*/models/__init__.py")
FOLDERS = sorted(path.parent.parent for path in MODELS)
_OPERATION = re.compile(r"^    def ([a-z]\w+)\(self", re.MULTILINE)
_BEGINS = re.compile(  # what reads, ends, or moves a resource between folders makes no copy
    r"(?!(get|list|head|search|query|summarize|validate|test|check|delete|remove|cancel|stop"
    r"|unapprove|estimate|refresh|find)_|change_\w+_compartment$|\w+_lock$)\w+"
)
_AWAY = re.compile(
    r"replica|copy|export|mirror|migrate_|failover|switch_?over|remote|sync|transfer|peer|standby"
    r"|data_?guard|clone|link|preauthenticated|cross_|connect_|share(?!d_secret)|forward|deliver"
    r"|schedule_report|to_object"
)


def test_no_service_is_unclassified() -> None:
    """A new service is a new place for data."""
    assert sorted({path.name for path in FOLDERS} ^ SERVICES.keys()) == []
    assert set(SERVICES.values()) <= CLASSES


def test_what_is_not_read_says_what_it_may_hold() -> None:
    unread = {name for name, kind in SERVICES.items() if kind == "unread"}

    assert SURFACE["unread"].keys() == unread
    assert all(len(text) > 15 and not text.endswith(".") for text in SURFACE["unread"].values())


def test_the_catalogue_and_the_collectors_agree_with_the_classes() -> None:
    called = {name.partition(".")[0] for name in CALLED}
    in_catalogue = {entry["client"].partition(".")[0] for entry in CATALOGUE}

    assert {name for name, kind in SERVICES.items() if kind == "catalogue"} == in_catalogue
    assert {name for name, kind in SERVICES.items() if kind == "collected"} == called - in_catalogue


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_way_to_copy_is_unknown(folder: Path) -> None:
    """What a copy leaves behind is read by the operation that is named, or is said to be unread."""
    known: Mapping[str, str] = SURFACE["operations"].get(folder.name, {})
    said = [text.partition(" ") for text in known.values()]

    assert sorted(set(_ways_out(folder)) ^ known.keys()) == []
    assert {word for word, _, _ in said} <= OUTCOMES
    for word, _, operation in said:
        assert bool(operation) or word != "read"
        assert not operation or (f"{folder.name}.{operation}" in CALLED) == (word == "read")


def _ways_out(folder: Path) -> Sequence[str]:
    sources = (path.read_text(encoding="utf-8") for path in folder.glob("*_client.py"))
    names = {name for source in sources for name in _OPERATION.findall(source)}
    return sorted(name for name in names if _BEGINS.fullmatch(name) and _AWAY.search(name))
