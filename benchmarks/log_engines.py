"""The same summary of the same files by several engines, each on one thread.

Every engine does the whole job: from files on disk to one Parquet file with one row per key and
log file, the same rows in the same columns. Each runs in a process of its own, which counts its own
CPU time and memory. Only the kernel also takes a digest of every file, and keeps count of what it
could not read.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import deflate
import duckdb
import msgspec
from msgspec import Struct, field

from auditor.activity.cloudtrail_records import Event
from auditor.activity.kernel import summarise
from auditor.activity.partial import ROW_COLUMNS, Origin, SummaryRow
from auditor.activity.rows import write_rows
from auditor.activity.spark import NUMBERS
from benchmarks.log_queries import in_chdb, in_duckdb_json, in_duckdb_text

REPEATS = 3  # the best counts: other work on the machine must not


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one engine took, and what it found.

    Attributes:
        seconds: of CPU.
        peak: resident memory in MiB.
        found: events, rows, and checksums of the rows; none by engines that do not sum up.
    """

    seconds: float
    peak: float
    found: tuple[int, ...] = ()


class _File(Struct, gc=False):
    records: list[Event] = field(name="Records")


def measure(engine: str, folder: Path) -> Run:
    """Run an engine in a process of its own."""
    program = [sys.executable, "-m", "benchmarks.log_engines", engine, str(folder)]
    done = subprocess.run(program, check=True, capture_output=True, text=True)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Run)


def _parse(paths: list[Path], _: Path) -> None:
    """Inflate and decode only: the least that any reading takes."""
    decode = msgspec.json.Decoder(_File).decode
    for path in paths:
        decode(deflate.gzip_decompress(path.read_bytes()))


def _kernel(paths: list[Path], target: Path, *, hashed: bool = False, writes: bool = True) -> None:
    rows: list[SummaryRow] = []
    for path in paths:
        origin = Origin(kind="cloudtrail", source="trail", name=path.as_posix())
        partial = summarise(origin, path.read_bytes(), hash_inflated=hashed)
        if writes:
            rows += partial.rows
    if writes:
        write_rows(rows, ROW_COLUMNS, target)


def _kernel_alone(paths: list[Path], target: Path) -> None:
    _kernel(paths, target, writes=False)


def _kernel_hashed(paths: list[Path], target: Path) -> None:
    _kernel(paths, target, hashed=True)


def _duckdb(query: str, target: Path) -> None:
    with duckdb.connect(config={"threads": 1}) as database:
        options = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
        database.execute(f"COPY ({query}) TO '{target}' ({options})")


def _duckdb_json(paths: list[Path], target: Path) -> None:
    _duckdb(in_duckdb_json(paths), target)


def _duckdb_text(paths: list[Path], target: Path) -> None:
    _duckdb(in_duckdb_text(paths), target)


def _chdb(paths: list[Path], target: Path) -> None:
    import chdb  # noqa: PLC0415  half a gigabyte that only this needs

    folder = Path(*paths[0].parts[: paths[0].parts.index("AWSLogs")])
    query: Callable[[str], object] = chdb.query
    query(
        f"{in_chdb(folder)} INTO OUTFILE '{target}' TRUNCATE "
        "FORMAT Parquet SETTINGS max_threads = 1, input_format_skip_unknown_fields = 1, "
        "input_format_json_ignore_unknown_keys_in_named_tuple = 1, "
        "input_format_null_as_default = 1, input_format_parallel_parsing = 0"
    )


_ENGINES: dict[str, Callable[[list[Path], Path], None]] = {
    "parse": _parse,
    "kernel": _kernel,
    "kernel alone": _kernel_alone,
    "kernel hashed": _kernel_hashed,
    "chdb": _chdb,
    "duckdb json": _duckdb_json,
    "duckdb text": _duckdb_text,
}


def _found(target: Path) -> tuple[int, ...]:
    """Return the rows, and a checksum of them but for the file, which engines name differently."""
    if not target.exists():
        return ()
    columns = ", ".join(
        f"coalesce({name}, 0)::BIGINT" if name in NUMBERS else f"coalesce({name}, '')"
        for name in ROW_COLUMNS
        if name != "file"
    )
    query = (
        f"SELECT sum(events), count(*), bit_xor(hash({columns})), sum(hash({columns}) >> 32) "
        f"FROM '{target}'"
    )
    return tuple(int(each or 0) for each in duckdb.execute(query).fetchall()[0])


def main(engine: str, folder: Path) -> None:
    """Run one engine on all files of a folder and print what it took, as JSON."""
    paths = sorted(folder.rglob("*.json.gz"))
    work, best = _ENGINES[engine], float("inf")
    with tempfile.TemporaryDirectory() as place:
        target = Path(place, "summary.parquet")
        for _ in range(REPEATS if engine != "duckdb json" else 1):
            start = time.process_time()
            work(paths, target)
            best = min(best, time.process_time() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        run = Run(seconds=best, peak=peak, found=_found(target))
    print(msgspec.json.encode(run).decode())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
