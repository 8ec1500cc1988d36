"""The demo estate, service by service: each module of this folder is one plot.

A plot builds what moto can play, answers in the network's place for what it cannot, and lists every
row of its own that must not pass. What it builds and does not list is a legitimate look-alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from auditor.demo.aws.accounts import HOME, USER_DATA, Builder
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import Planted
from auditor.demo.plots import plots_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What plots build on.

    Attributes:
        keys: region -> ARN of the key with which the user-data account encrypts there.
    """

    keys: Mapping[str, str]
    builders: dict[tuple[str, str], Builder] = field(default_factory=dict)

    def at(self, region: str = HOME, account: str = USER_DATA) -> Builder:
        """Return who builds in an account and region; made once."""
        if (account, region) not in self.builders:
            self.builders[account, region] = Builder(account, region)
        return self.builders[account, region]


def _build_nothing(_: Ground) -> None:
    """Leave the ground as it is: rules answer for everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What one module adds to the estate.

    Attributes:
        build: makes resources in moto.
        tags: id of a row -> its tags, for what the tagging API knows and moto's does not.
        rules: what the network answers; the first that fits does, over all plots.
        planted: every row that must not pass because of this plot.
    """

    build: Callable[[Ground], None] = _build_nothing
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    planted: tuple[Planted, ...] = ()


@cache
def load_plots() -> tuple[Plot, ...]:
    """Return the ``PLOT`` of each module of this folder, by the module's name."""
    return tuple(plots_of(__name__))
