"""Runs all benchmarks, or those named: ``python -m benchmarks [NAME ...]``.

Each module here that has a function ``run() -> Iterable[Measure]`` is a benchmark. Prints
``name value limit ok`` for each figure and exits 1 if one is beyond its limit.
"""

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Sequence

import benchmarks


def main(names: Sequence[str]) -> int:
    """Run and print; returns the exit code."""
    found = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    unknown = set(names) - set(found)
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    if len(names) == 1:
        return _run(names[0])
    # Each in a process of its own: peak memory is counted for a process and all its children.
    programs = ([sys.executable, "-m", "benchmarks", name] for name in names or found)
    return max(subprocess.run(program, check=False).returncode for program in programs)


def _run(name: str) -> int:
    run = getattr(importlib.import_module(f"benchmarks.{name}"), "run", None)
    if name == "__main__" or run is None:
        return 0
    within = True
    for measure in run():
        print(measure, flush=True)
        within = within and measure.ok
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
