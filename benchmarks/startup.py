"""How much longer ``auditor --help`` takes than an interpreter that does nothing."""

import resource
import subprocess
import sys
from collections.abc import Iterable

from benchmarks.measure import Measure

_ROUNDS = 15
_NOTHING = ("-c", "pass")
# What the installed entry point runs.
_HELP = ("-c", "import sys; from auditor.__main__ import main; sys.exit(main())", "--help")


def run() -> Iterable[Measure]:
    """Yield the ratio of the CPU times, each the least of several runs in turn."""
    least = {_NOTHING: float("inf"), _HELP: float("inf")}
    for _ in range(_ROUNDS):
        for arguments, so_far in least.items():
            least[arguments] = min(so_far, _cpu_seconds(arguments))
    yield Measure(
        name="start-up of --help, against python -c pass",
        value=least[_HELP] / least[_NOTHING],
        limit=3,
        unit="x",
    )


def _cpu_seconds(arguments: Iterable[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
