"""Finds every collector: each module-level ``Collector`` in a provider's folder."""

import importlib
import pkgutil
from functools import cache

import auditor.collect
from auditor.spec import Collector


@cache
def load_collectors() -> tuple[Collector, ...]:
    """Import each collector module once, and return its collectors by kind.

    They hold data and pure functions only: importing them imports no SDK.
    """
    found = {}
    prefix = f"{auditor.collect.__name__}."
    for module in pkgutil.walk_packages(auditor.collect.__path__, prefix):
        if module.name.count(".") == 3 and not module.name.endswith(".client"):  # noqa: PLR2004
            members = vars(importlib.import_module(module.name)).values()
            found.update({m.kind: m for m in members if isinstance(m, Collector)})
    return tuple(found[kind] for kind in sorted(found))
