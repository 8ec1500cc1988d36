"""The demo tenancy, service by service: each module of this folder is one plot.

A plot adds resources to the simulated tenancy, and lists every row of its own that must not pass.
What it adds and does not list is a legitimate look-alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from auditor.demo.oci.faults import InjectedFault
from auditor.demo.planted import Planted
from auditor.demo.plots import plots_of
from auditor.demo.tenancy.builder import Builder


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What plots build on.

    Attributes:
        keys: region -> OCID of the key that encrypts user data there.
    """

    estate: Builder
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What one module adds to the tenancy.

    Attributes:
        build: adds resources.
        faults: what goes wrong when somebody asks about them.
        planted: every row that must not pass because of this plot.
    """

    build: Callable[[Ground], None]
    faults: tuple[InjectedFault, ...] = ()
    planted: tuple[Planted, ...] = ()


@cache
def load_plots() -> tuple[Plot, ...]:
    """Return the ``PLOT`` of each module of this folder, by the module's name."""
    return tuple(plots_of(__name__))
