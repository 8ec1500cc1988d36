"""Summarising CloudTrail, held against other engines on the same files in the same run.

Ratios of CPU seconds, since machines differ. Every engine goes from files on disk to a Parquet
file; parsing alone is held against the kernel alone. What checking digests costs is held against
the recording of the same files without, since both are what somebody waits for.
"""

import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.log_checking import cost_of_checking
from benchmarks.log_engines import Run, measure
from benchmarks.log_files import write_logs
from benchmarks.measure import Measure

LARGE, SMALL = 8, 1000  # files
OF_LARGE, OF_SMALL = 12_000, 60  # events


def run() -> Iterator[Measure]:
    """Generate the files, run every engine on them, and compare."""
    with tempfile.TemporaryDirectory() as place:
        large, small = Path(place, "large"), Path(place, "small")
        sizes = [
            sum(path.stat().st_size for path in paths)
            for paths in (
                write_logs(large, files=LARGE, events=OF_LARGE, seed=1),
                write_logs(small, files=SMALL, events=OF_SMALL, seed=2),
            )
        ]
        ours, many = measure("kernel", large), measure("kernel", small)
        yield from _against_others(ours, large)
        alone = measure("kernel alone", large)
        yield Measure(
            name="logs.kernel_per_parse",
            value=alone.seconds / measure("parse", large).seconds,
            limit=1 / 0.45,
        )
        hashed = measure("kernel hashed", large).seconds / ours.seconds
        print(f"# hashing alone: {hashed:.3f} of the kernel's time")
        yield Measure(name="logs.integrity", value=cost_of_checking(large), limit=1.2)
        yield Measure(
            name="logs.small_files_per_byte",
            value=(many.seconds / sizes[1]) / (ours.seconds / sizes[0]),
            limit=2.0,
        )
        yield Measure(name="logs.peak", value=max(ours.peak, many.peak), limit=1024, unit="MiB")


def _against_others(ours: Run, folder: Path) -> Iterator[Measure]:
    events, rows = ours.found[:2]
    print(
        f"# {events} events, {rows} rows, {ours.seconds / events * 1e6:.1f} µs of CPU for an event"
    )
    duckdb = [measure(engine, folder) for engine in ("duckdb text", "duckdb json")]
    for other in duckdb:
        assert other.found == ours.found, "DuckDB found something else"
    best = min(other.seconds for other in duckdb)
    yield Measure(name="logs.per_duckdb", value=ours.seconds / best, limit=0.4)
    if find_spec("chdb") is None:
        print("# chdb is not installed: pip install --group bench")
        return
    chdb = measure("chdb", folder)
    assert chdb.found == ours.found, "chDB found something else"
    yield Measure(name="logs.per_chdb", value=ours.seconds / chdb.seconds, limit=0.8)
