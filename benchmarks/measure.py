"""What a benchmark says."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure and the most that it may be."""

    name: str
    value: float
    limit: float
    unit: str = ""

    @property
    def ok(self) -> bool:
        """Whether the figure is within its limit."""
        return self.value <= self.limit

    def __str__(self) -> str:
        value, limit = f"{self.value:.4g}{self.unit}", f"{self.limit:g}{self.unit}"
        return f"{self.name} {value} {limit} {'ok' if self.ok else 'TOO MUCH'}"


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of this process and its threads while ``work`` runs."""
    start = time.process_time()
    work()
    return time.process_time() - start
