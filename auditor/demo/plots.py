"""Finds the plots of an estate: each module of its folder is one."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any


def plots_of(package: str) -> Iterator[Any]:
    """Yield the ``PLOT`` of each module of a package, by the module's name."""
    path = importlib.import_module(package).__path__
    for name in sorted(module.name for module in pkgutil.iter_modules(path)):
        yield importlib.import_module(f"{package}.{name}").PLOT
