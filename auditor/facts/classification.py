"""Says which classes of data a store or processor holds, by the audit's own rules."""

import fnmatch
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from auditor.model import ClassificationRule, Unknown
from auditor.tables import Processor, Store

Classified = TypeVar("Classified", bound=Store | Processor)

UNCLASSIFIED = Unknown("no classification rule of this audit names it")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compiled:
    rule: ClassificationRule
    accounts: re.Pattern[str] | None
    compartments: re.Pattern[str] | None
    names: re.Pattern[str] | None
    services: re.Pattern[str] | None
    tags: tuple[tuple[str, re.Pattern[str]], ...]


class Classifier:
    """Applies the rules in their order; the first that matches decides."""

    def __init__(self, rules: Sequence[ClassificationRule]) -> None:
        self._rules = tuple(_compile(rule) for rule in rules)

    def classify(self, row: Classified) -> Classified:
        """Return the row with its classes, or with the reason why they are unknown."""
        for compiled in self._rules:
            matches = _matches(compiled, row)
            if isinstance(matches, Unknown):
                return replace(row, data_classes=matches)
            if matches:
                rule = compiled.rule
                return replace(row, data_classes=rule.data_classes, classified_by=rule.name)
        return replace(row, data_classes=UNCLASSIFIED)


def _compile(rule: ClassificationRule) -> _Compiled:
    return _Compiled(
        rule=rule,
        accounts=_pattern(rule.accounts),
        compartments=_pattern(rule.compartments),
        names=_pattern(rule.names),
        services=_pattern(rule.services),
        tags=tuple((key, re.compile(fnmatch.translate(value))) for key, value in rule.tags.items()),
    )


def _pattern(globs: Iterable[str]) -> re.Pattern[str] | None:
    joined = "|".join(fnmatch.translate(glob) for glob in globs)
    return re.compile(joined) if joined else None


def _matches(compiled: _Compiled, row: Store | Processor) -> bool | Unknown:
    """Whether the rule matches; unknown if that hangs on tags that could not be read."""
    fixed = (
        (compiled.accounts, row.account),
        (compiled.compartments, row.compartment),
        (compiled.names, row.name),
        (compiled.services, row.service),
    )
    if not all(pattern is None or pattern.match(value) for pattern, value in fixed):
        return False
    if not compiled.tags:
        return True
    if isinstance(row.tags, Unknown):
        why = f"rule {compiled.rule.name!r} needs tags, and {row.tags.reason}"
        return Unknown(why, row.tags.permission, row.tags.evidence)
    return all(pattern.match(row.tags.get(key, "")) for key, pattern in compiled.tags)
