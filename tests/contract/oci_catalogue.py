"""The catalogue of Oracle Cloud, what is excused of it, and what collectors call."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML

from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.registry import load_collectors

HERE = Path(__file__).parent
CATALOGUE: Sequence[Mapping[str, str]] = YAML(typ="safe").load(HERE / "catalogue_oci.yaml")
EXCUSED: Mapping[str, str] = YAML(typ="safe").load(HERE / "excused_oci.yaml") or {}
UNREAD: Mapping[str, str] = YAML(typ="safe").load(HERE / "services_oci.yaml")["unread"]


def operation_of(entry: Mapping[str, str]) -> str:
    """Return 'module.Client.operation' of an entry."""
    return f"{entry['client']}.{entry['operation']}"


def callers() -> Mapping[str, list[str]]:
    """Return 'module.Client.operation' -> the kinds of the collectors that call it."""
    found: dict[str, list[str]] = {}
    for name, kind in _calls():
        found.setdefault(name, []).append(kind)
    return found


def _calls() -> Iterator[tuple[str, str]]:
    for collector in load_collectors():
        if collector.provider == "oci":
            for call in collector.calls:
                if call.service != KUBERNETES:  # is no service of Oracle's
                    yield f"{call.service or collector.service}.{call.operation}", collector.kind
