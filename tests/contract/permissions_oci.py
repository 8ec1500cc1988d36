"""What Oracle says that each operation needs, and what is asked for; see ``permissions_oci.yaml``.

``python -m tests.contract.permissions_oci`` adds the calls that are not in the list yet, as ones
that no page is known for, and takes out those that nothing calls any more.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from auditor.collect.kubernetes.calls import is_of_cluster
from auditor.collect.registry import load_collectors
from auditor.spec import Call, Collector

LIST = Path(__file__).with_name("permissions_oci.yaml")
STATED: Mapping[str, Any] = YAML(typ="safe").load(LIST)
COLLECTORS: list[Collector] = [each for each in load_collectors() if each.provider == "oci"]


def calls() -> Iterator[tuple[str, Call, Collector]]:
    """Yield every call of every collector, with its name 'module.Client.operation'."""
    for collector in COLLECTORS:
        for call in collector.calls:
            if is_of_cluster(call.permission):
                continue  # Oracle's pages say nothing of what a cluster itself grants
            yield f"{call.service or collector.service}.{call.operation}", call, collector


def _complete() -> None:
    writer = YAML()
    writer.width = 160  # no address is broken
    stated = writer.load(LIST)
    asked = {name: call.permission for name, call, _ in calls()}
    for part in (stated["sourced"], stated["unsourced"]):
        for name in part.keys() - asked.keys():
            del part[name]
    for name in sorted(asked.keys() - stated["sourced"].keys() - stated["unsourced"].keys()):
        stated["unsourced"][name] = {"grant": asked[name], "named": ""}
    writer.dump(stated, LIST)


if __name__ == "__main__":
    _complete()
