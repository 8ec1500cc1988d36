"""The same summary of the same files by several engines, each on one thread.

Every engine does the whole job: from files on disk to one Parquet file with one row per key and
log file. Each runs in a process of its own, which counts its own CPU time and memory.
"""

import json
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

REPEATS = 3  # the best counts: other work on the machine must not


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one engine took, and what it found.

    Attributes:
        seconds: of CPU.
        peak: resident memory in MiB.
        found: rows, events, errors and bytes out; none by engines that do not sum up.
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


_Shape = str | dict[str, "_Shape"] | list["_Shape"]

_RECORD: _Shape = {
    **dict.fromkeys(
        (
            *("eventTime", "eventSource", "eventName", "awsRegion", "eventID"),
            *("sourceIPAddress", "recipientAccountId", "errorCode", "vpcEndpointId"),
        ),
        "VARCHAR",
    ),
    "readOnly": "BOOLEAN",
    "managementEvent": "BOOLEAN",
    "userIdentity": {
        **dict.fromkeys(("type", "arn", "principalId", "accountId", "accessKeyId"), "VARCHAR"),
        "invokedBy": "VARCHAR",
        "sessionContext": {
            "sourceIdentity": "VARCHAR",
            "sessionIssuer": {"arn": "VARCHAR"},
            "attributes": {"mfaAuthenticated": "VARCHAR"},
        },
    },
    "resources": [{"ARN": "VARCHAR"}],
    "requestParameters": dict.fromkeys(("bucketName", "secretId", "volumeId"), "VARCHAR"),
    "responseElements": {"credentials": {"accessKeyId": "VARCHAR"}},
    "additionalEventData": {"bytesTransferredOut": "DOUBLE"},
}
_IDENTITY = (
    *("type", "arn", "principalId", "accountId", "accessKeyId", "invokedBy"),
    *("sessionContext.sourceIdentity", "sessionContext.sessionIssuer.arn"),
    "sessionContext.attributes.mfaAuthenticated",
)
_KEY = (
    *("substr(e.eventTime, 1, 10)", "e.recipientAccountId", "e.awsRegion", "e.eventSource"),
    *("e.eventName", "e.readOnly", "e.managementEvent", "e.sourceIPAddress", "e.vpcEndpointId"),
    *(f"e.userIdentity.{name}" for name in _IDENTITY),
)
_SUMS = (
    *("min(e.eventTime) AS first", "max(e.eventTime) AS last", "count(*) AS events"),
    *("count(e.errorCode) AS errors", "sum(e.additionalEventData.bytesTransferredOut) AS bytes"),
    "{gather}(e.responseElements.credentials.accessKeyId) AS issued",
    *("min(e.eventID) AS first_id", "max(e.eventID) AS last_id"),
)


def _summary(store: str, records: str, gather: str) -> str:
    """Return the job in SQL, for which all it needs are columns ``file`` and ``e``."""
    key = ", ".join(f"{name} AS k{number}" for number, name in enumerate((*_KEY, store)))
    groups = ", ".join(f"k{number}" for number in range(len(_KEY) + 1))
    sums = ", ".join(_SUMS).format(gather=gather)
    return f"SELECT file, {key}, {sums} FROM ({records}) GROUP BY file, {groups}"


def _type_of(shape: _Shape, struct: str, array: str, of_text: dict[str, str]) -> str:
    """Return a shape in the words of an engine."""
    if isinstance(shape, list):
        return array.format(_type_of(shape[0], struct, array, of_text))
    if isinstance(shape, dict):
        fields = (f'"{n}" {_type_of(t, struct, array, of_text)}' for n, t in shape.items())
        return f"{struct}({', '.join(fields)})"
    return of_text.get(shape, shape)


def _duckdb(records: str, target: Path) -> None:
    store = (
        "coalesce('arn:aws:s3:::' || e.requestParameters.bucketName, e.requestParameters.secretId, "
        "e.resources[1].ARN, e.requestParameters.volumeId)"
    )
    with duckdb.connect(config={"threads": 1}) as database:
        query = _summary(store, records, "list")
        database.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def _duckdb_json(paths: list[Path], target: Path) -> None:
    types = _type_of([_RECORD], "STRUCT", "{}[]", {})
    _duckdb(
        "SELECT filename AS file, unnest(Records) AS e FROM "
        f"read_json({list(map(str, paths))}, columns = {{'Records': '{types}'}}, "
        "maximum_object_size = 268435456, filename = true)",
        target,
    )


def _duckdb_text(paths: list[Path], target: Path) -> None:
    shape = json.dumps({"Records": [_RECORD]})
    _duckdb(
        f"SELECT file, unnest(from_json(line, '{shape}').Records) AS e FROM (SELECT filename AS "
        f"file, line FROM read_csv({list(map(str, paths))}, columns = {{'line': 'VARCHAR'}}, "
        "delim = chr(1), quote = '', escape = '', header = false, max_line_size = 134217728, "
        "buffer_size = 268435456, auto_detect = false, filename = true))",
        target,
    )


def _chdb(paths: list[Path], target: Path) -> None:
    import chdb  # noqa: PLC0415  half a gigabyte that only this needs

    words = {"VARCHAR": "Nullable(String)", "BOOLEAN": "Nullable(Bool)"}
    types = _type_of([_RECORD], "Tuple", "Array({})", {**words, "DOUBLE": "Nullable(Float64)"})
    store = (
        "coalesce(concat('arn:aws:s3:::', e.requestParameters.bucketName), "
        "e.requestParameters.secretId, e.resources[1].ARN, e.requestParameters.volumeId)"
    )
    folder = Path(*paths[0].parts[: paths[0].parts.index("AWSLogs")])
    records = (
        "SELECT _path AS file, arrayJoin(Records) AS e FROM "
        f"file('{folder}/**/*.json.gz', 'JSONEachRow', 'Records {types}')"
    )
    query: Callable[[str], object] = chdb.query
    query(
        f"{_summary(store, records, 'groupArray')} INTO OUTFILE '{target}' TRUNCATE "
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
    if not target.exists():
        return ()
    names = [row[0] for row in duckdb.execute(f"DESCRIBE FROM '{target}'").fetchall()]
    sent = "bytes_out" if "bytes_out" in names else "bytes"
    query = f"SELECT count(*), sum(events), sum(errors), sum({sent}) FROM '{target}'"
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
