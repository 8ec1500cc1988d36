"""Reads log files that were not read yet, on several processes, and keeps what each comes to.

Bytes are fetched by threads and summarised by processes. What is under way at once is bounded, and
so is memory, whatever the number of files. A recording that is killed goes on where it stopped.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context

import msgspec

from auditor.activity.digests import last_part, read_digest
from auditor.activity.kernel import summarise
from auditor.activity.names import DIGEST
from auditor.activity.objects import Content, Objects, Refusal
from auditor.activity.partial import CHAIN_COLUMNS, ROW_COLUMNS, Origin, Partial
from auditor.activity.rows import write_rows
from auditor.activity.state import State, Unread

AT_ONCE = 512  # files of one round; each is some ten kilobytes, or a few megabytes at most
BYTES_AT_ONCE = 64 * 2**20
ROWS_IN_BATCH = 200_000
FETCHERS = 8
WORTH_PROCESSES = 8 * 2**20  # bytes of one round from which on it pays to start processes
_CHAIN = re.compile(r"_20\d{6}T\d{6}Z.*$")

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A source whose files are to be read.

    Attributes:
        fetchers: how many files are fetched at once.
    """

    source: str
    objects: Objects
    hash_inflated: bool
    fetchers: int = FETCHERS


def read_files(state: State, job: Job, processes: int, told: Told) -> None:
    """Read every file of a source that was listed and not read yet.

    Processes are spawned: a script that gets here must do its work below
    ``if __name__ == "__main__":``, as the command line does.

    Args:
        processes: how many may work at once; few files are summarised in this one.
        told: is called with how many files were read, and how many are left at least.
    """
    batch = _Batch(state)
    done = 0
    with ExitStack() as stack:
        fetchers = stack.enter_context(ThreadPoolExecutor(job.fetchers))
        pool: Executor | None = None
        while unread := _round(state, job.source):
            size = sum(each.size for each in unread if each.role != DIGEST)
            if pool is None and processes > 1 and size >= WORTH_PROCESSES:
                # Forking a process that has threads may leave a lock held for ever.
                pool = stack.enter_context(
                    ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
                )
            contents = fetchers.map(lambda each: job.objects.read(each.key), unread)
            for each, partial in _partials(state, job, unread, contents, pool):
                batch.add(each, partial)
            done += len(unread)
            told(done, 0 if len(unread) < AT_ONCE else AT_ONCE)
            batch.write_if_large()
        batch.write()
    state.save()


def _round(state: State, source: str) -> list[Unread]:
    """Return the next files, not more than memory has room for, and always one at least."""
    found: list[Unread] = []
    total = 0
    for each in state.unread(source, AT_ONCE):
        total += each.size
        if found and total > BYTES_AT_ONCE:
            break
        found.append(each)
    return found


def _partials(
    state: State,
    job: Job,
    unread: Sequence[Unread],
    contents: Iterator[Content | Refusal],
    pool: Executor | None,
) -> Iterator[tuple[Unread, Partial]]:
    """Yield what the files of one round come to; digests and refusals are kept right away."""
    waiting: list[tuple[Unread, Partial | Future[Partial]]] = []
    for each, content in zip(unread, contents, strict=True):
        if isinstance(content, Refusal):
            _fault(state, each, content.reason)
        elif each.role == DIGEST:
            _keep_digest(state, each, content)
        elif not _known(state, each, content.data):
            asked = (each, content.data, job.hash_inflated)
            waiting.append((each, pool.submit(_work, *asked) if pool else _work(*asked)))
    for each, found in waiting:
        yield each, found.result() if isinstance(found, Future) else found


def _work(unread: Unread, data: bytes, hash_inflated: bool) -> Partial:
    """Run in a worker: what is passed has to be plain."""
    origin = Origin(
        kind=unread.kind,
        source=unread.source,
        name=unread.key,
        account=unread.account,
        region=unread.region,
    )
    return summarise(origin, data, hash_inflated=hash_inflated)


def _known(state: State, unread: Unread, data: bytes) -> bool:
    """Whether these very bytes were summarised before, under another name or from another place."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not state.ask("SELECT 1 FROM contents WHERE kind = ? AND sha256 = ?", (unread.kind, sha256)):
        return False
    _set(state, unread, sha256)
    return True


def _set(state: State, unread: Unread, sha256: str) -> None:
    state.run(
        "UPDATE files SET sha256 = ? WHERE source = ? AND key = ?",
        (sha256, unread.source, unread.key),
    )


def _fault(state: State, unread: Unread, reason: str) -> None:
    state.run(
        "UPDATE files SET fault = ? WHERE source = ? AND key = ?",
        (reason, unread.source, unread.key),
    )


def _keep_digest(state: State, unread: Unread, content: Content) -> None:
    read = read_digest(unread.key, content.data, content.metadata)
    if isinstance(read, str):
        _fault(state, unread, read)
        return
    chain = _CHAIN.sub("", read.name).replace("_backfill", "")
    state.run(
        "INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            unread.source, unread.key, chain, read.digest.aws_account_id,
            unread.region, read.name, read.digest.digest_start_time, read.digest.digest_end_time,
            read.late, read.sha256, read.signature, msgspec.json.encode(read.digest),
        ),
    )  # fmt: skip
    state.run("DELETE FROM named WHERE source = ? AND key = ?", (unread.source, unread.key))
    state.run_many(
        "INSERT OR IGNORE INTO named VALUES (?, ?, ?)",
        ((unread.source, unread.key, last_part(each.s3_object)) for each in read.digest.log_files),
    )
    _set(state, unread, hashlib.sha256(content.data).hexdigest())


class _Batch:
    """Rows of several files that are written together."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._waiting: dict[tuple[str, str], Partial] = {}
        self._files: list[tuple[Unread, str]] = []

    def add(self, unread: Unread, partial: Partial) -> None:
        self._waiting.setdefault((unread.kind, partial.sha256), partial)
        self._files.append((unread, partial.sha256))

    def write_if_large(self) -> None:
        if sum(len(partial.rows) for partial in self._waiting.values()) >= ROWS_IN_BATCH:
            self.write()
        else:
            # What waits must not be read again in the next round.
            for unread, sha256 in self._files:
                _set(self._state, unread, sha256)

    def write(self) -> None:
        """Write the rows, and only then note that the files were read."""
        if not self._waiting:
            return
        state, number = self._state, self._state.next_batch()
        partials = list(self._waiting.values())
        rows = [row for partial in partials for row in partial.rows]
        write_rows(rows, ROW_COLUMNS, state.folder / f"rows-{number}.parquet")
        chains = [(*row, partial.sha256) for partial in partials for row in partial.chains]
        columns = (*CHAIN_COLUMNS, "file")
        write_rows(chains, columns, state.folder / f"chains-{number}.parquet")
        for name in (f"rows-{number}.parquet", f"chains-{number}.parquet"):
            state.note_written(name, number)
        for (kind, sha256), partial in self._waiting.items():
            samples = json.dumps([f"{s.position}: {s.reason}" for s in partial.samples])
            state.run(
                "INSERT OR REPLACE INTO contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    kind, sha256, partial.inflated_sha256, partial.events, partial.malformed,
                    samples, partial.first, partial.last, number,
                ),
            )  # fmt: skip
            state.run_many(
                "INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?)",
                ((kind, sha256, account, region) for account, region in partial.places),
            )
        for unread, sha256 in self._files:
            _set(state, unread, sha256)
        state.save()
        self._waiting, self._files = {}, []
