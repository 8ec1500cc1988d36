"""What is known of every log file so far: on disk, so that nothing is read twice.

A file is known by its source, key, size and version; what its bytes come to, by their SHA-256. The
state is a working file of one machine and no part of a bundle. Rows that are not the ones that were
written, or are gone, are read again; whoever can write to the folder can still change all of it, so
it is as trusted as the machine that audits.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from auditor.activity.names import Named
from auditor.activity.objects import Listed
from auditor.errors import AuditorError

EDITION = "2"
"""Grows whenever the same file comes to other rows: what earlier editions read is read again."""

_TABLES = """
CREATE TABLE IF NOT EXISTS edition (value TEXT);
CREATE TABLE IF NOT EXISTS files (
    source TEXT, key TEXT, kind TEXT, role TEXT, stream TEXT, account TEXT, region TEXT, day TEXT,
    size INTEGER, version TEXT, seen INTEGER, name TEXT, sha256 TEXT DEFAULT '',
    fault TEXT DEFAULT '', PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_name ON files (source, name);
CREATE TABLE IF NOT EXISTS contents (
    kind TEXT, sha256 TEXT, inflated_sha256 TEXT, events INTEGER, malformed INTEGER, samples TEXT,
    first TEXT, last TEXT, batch INTEGER, PRIMARY KEY (kind, sha256)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS written (name TEXT PRIMARY KEY, batch INTEGER, sha256 TEXT);
CREATE TABLE IF NOT EXISTS places (
    kind TEXT, sha256 TEXT, account TEXT, region TEXT, PRIMARY KEY (kind, sha256, account, region)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS digests (
    source TEXT, key TEXT, chain TEXT, account TEXT, region TEXT, own TEXT, starts TEXT, ends TEXT,
    late INTEGER, sha256 TEXT, signature TEXT, content BLOB, PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS named (
    source TEXT, key TEXT, name TEXT, PRIMARY KEY (source, key, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refusals (source TEXT, about TEXT, reason TEXT, permission TEXT);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file whose bytes have to be read."""

    source: str
    kind: str
    role: str
    key: str
    size: int
    account: str
    region: str


class State:
    """The working folder of a recording: a database of files, and rows in Parquet beside it."""

    def __init__(self, folder: Path) -> None:
        """Open or begin it; what another edition left is dropped.

        Raises:
            AuditorError: the folder cannot be written, or is damaged.
        """
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(folder / "files.sqlite")
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise AuditorError(
                f"{folder} cannot keep what is read of logs: {error}. Is another audit using it? "
                "If it is damaged, delete it: the logs are read again"
            ) from error
        if self.ask("SELECT value FROM edition") != [(EDITION,)]:
            for table in ("edition", "files", "contents", "places", "digests", "named", "written"):
                self.run(f"DELETE FROM {table}")  # noqa: S608
            for path in folder.glob("*.parquet"):
                path.unlink()
            self.run("INSERT INTO edition VALUES (?)", (EDITION,))
        self._forget_damaged()
        self.run("DELETE FROM refusals")
        self.run("UPDATE files SET seen = 0")
        self.save()

    def __enter__(self) -> Self:
        """Return itself; the block's end closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what was saved."""
        self._database.close()

    def run(self, statement: str, values: Iterable[Any] = ()) -> None:
        """Change something; kept with the next ``save``."""
        self._database.execute(statement, tuple(values))

    def run_many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Change something once for each row."""
        self._database.executemany(statement, rows)

    def ask(self, statement: str, values: Iterable[Any] = ()) -> list[Any]:
        """Return all rows of an answer that is known to be short."""
        return self._database.execute(statement, tuple(values)).fetchall()

    def each(self, statement: str, values: Iterable[Any] = ()) -> Iterator[Any]:
        """Yield the rows of an answer that may be long."""
        yield from self._database.execute(statement, tuple(values))

    def save(self) -> None:
        """Keep everything that was changed, even if this process is killed next."""
        self._database.commit()

    def list_file(self, source: str, kind: str, listed: Listed, named: Named) -> None:
        """Note that a file is there. If it changed since it was read, it has to be read again."""
        self.run(
            "INSERT INTO files (source, key, kind, role, stream, account, region, day, size, "
            "version, seen, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?) "
            "ON CONFLICT (source, key) DO UPDATE SET seen = 1, size = excluded.size, "
            "version = excluded.version, sha256 = CASE WHEN files.size = excluded.size AND "
            "files.version = excluded.version AND files.kind = excluded.kind "
            "THEN files.sha256 ELSE '' END, kind = excluded.kind, role = excluded.role, "
            "stream = excluded.stream, fault = '', account = excluded.account, "
            "region = excluded.region, day = excluded.day",
            (
                source, listed.key, kind, named.role, named.stream, named.account, named.region,
                named.day, listed.size, listed.version, listed.key.rpartition("/")[2],
            ),
        )  # fmt: skip

    def unread(self, source: str, most: int) -> list[Unread]:
        """Return some of the files of a source that were not read yet, in the order of keys."""
        rows = self.ask(
            "SELECT source, kind, role, key, size, account, region FROM files WHERE source = ? "
            "AND seen AND sha256 = '' AND fault = '' AND role <> 'other' ORDER BY key LIMIT ?",
            (source, most),
        )
        names = ("source", "kind", "role", "key", "size", "account", "region")
        return [Unread(**dict(zip(names, row, strict=True))) for row in rows]

    def refuse(self, source: str, about: str, reason: str, permission: str = "") -> None:
        """Note something that could not be listed."""
        self.run("INSERT INTO refusals VALUES (?, ?, ?, ?)", (source, about, reason, permission))

    def note_written(self, name: str, batch: int) -> None:
        """Note the hash of a file of rows, once it is complete."""
        sha256 = _sha256(self.folder / name)
        self.run("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", (name, batch, sha256))

    def _forget_damaged(self) -> None:
        """Have files read again whose rows are gone, or are not those that were written."""
        noted = self.ask("SELECT name, batch, sha256 FROM written")
        kept = {name for name, _, sha256 in noted if _sha256(self.folder / name) == sha256}
        for batch in {batch for name, batch, _ in noted if name not in kept}:
            kept -= {name for name, of, _ in noted if of == batch}
            self.run("DELETE FROM written WHERE batch = ?", (batch,))
        self.run("DELETE FROM contents WHERE batch NOT IN (SELECT batch FROM written)")
        self.run(
            "UPDATE files SET sha256 = '' WHERE role = 'log' AND NOT EXISTS (SELECT 1 FROM "
            "contents AS c WHERE c.kind = files.kind AND c.sha256 = files.sha256)"
        )
        for path in self.folder.glob("*-*.parquet"):
            if path.name not in kept:
                path.unlink()

    def next_batch(self) -> int:
        """Return the number of the next file of rows."""
        found = self.ask("SELECT coalesce(max(batch), 0) + 1 FROM contents")
        return int(found[0][0])


def _sha256(path: Path) -> str:
    """Return the hash of a file; '' if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
