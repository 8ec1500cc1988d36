"""What a rule means, row by row: the reference that the SQL is held against."""

import fnmatch
from collections.abc import Sequence

from auditor.model import ClassificationRule, Unknown
from auditor.tables import Store


def decide(
    rules: Sequence[ClassificationRule], store: Store
) -> tuple[tuple[str, ...] | None, str, str]:
    """Return the classes (None if unknown), the rule that decided, and why they are unknown."""
    for rule in rules:
        match = _matches(rule, store)
        if match is None:
            assert isinstance(store.tags, Unknown)
            return None, "", f"rule {rule.name!r} needs tags, and {store.tags.reason}"
        if match:
            return rule.data_classes, rule.name, ""
    return None, "", "no classification rule of this audit names it"


def _matches(rule: ClassificationRule, store: Store) -> bool | None:
    fixed = (
        (rule.accounts, store.account),
        (rule.compartments, store.compartment),
        (rule.names, store.name),
        (rule.services, store.service),
    )
    for globs, value in fixed:
        if globs and not any(fnmatch.fnmatchcase(value, glob) for glob in globs):
            return False
    if not rule.tags:
        return True
    if isinstance(store.tags, Unknown):
        return None
    tags = store.tags
    return all(fnmatch.fnmatchcase(tags.get(key, ""), glob) for key, glob in rule.tags.items())
