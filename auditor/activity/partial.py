"""What one log file comes to."""

from dataclasses import dataclass, field
from typing import Any, Final

from auditor.activity.summary import CHAIN, SUMMARY_KEY, SUMMARY_VALUES

SAMPLES: Final = 5

Text = tuple[str, ...]
SummaryRow = tuple[str | int, ...]

ROW_COLUMNS: Final = (*SUMMARY_KEY, *SUMMARY_VALUES)
CHAIN_COLUMNS: Final = tuple(CHAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What is known of a file before it is opened.

    Attributes:
        kind: as LogSource's.
        source: name of the log source.
        name: path or key of the file, with '/'.
        account, region: for records that do not say; '' if that is not known either.
    """

    kind: str
    source: str
    name: str
    account: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """Something in a file that could not be read: where it is and why, never what it says."""

    position: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """The summary of one log file, and what is needed to vouch for it.

    Attributes:
        sha256: of the bytes as they are stored, lower-case hex.
        inflated_sha256: of the bytes that they inflate to; '' unless it was asked for.
        size, inflated: bytes as stored, and inflated as far as they could be.
        rows: in the order of ROW_COLUMNS, keys distinct. An event that names several stores counts
            in the row of each, its bytes in the first only.
        chains: in the order of CHAIN_COLUMNS, sorted.
        events: each counted once.
        malformed: lines, records or pieces of the file that could not be read.
        samples: the first few of those.
        first, last: moments of the first and the last event; '' without any.
        places: accounts and regions in whose log the events stand, sorted.
    """

    origin: Origin
    sha256: str
    inflated_sha256: str
    size: int
    inflated: int
    rows: tuple[SummaryRow, ...]
    chains: tuple[Text, ...]
    events: int
    malformed: int
    samples: tuple[Malformed, ...]
    first: str
    last: str
    places: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Tally:
    """Counts the events of one file, whose SHA-256 is ``file``."""

    origin: Origin
    file: str
    rows: list[SummaryRow] = field(default_factory=list)
    chains: set[Text] = field(default_factory=set)
    events: int = 0
    malformed: int = 0
    samples: list[Malformed] = field(default_factory=list)

    def refuse(self, position: str, reason: str) -> None:
        """Count something that could not be read."""
        self.malformed += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(Malformed(position=position, reason=reason))

    def start_over(self) -> None:
        """Forget everything, since the file has to be read in another way."""
        self.rows.clear()
        self.chains.clear()
        self.samples.clear()
        self.events = self.malformed = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One event of a log other than CloudTrail: the columns of SUMMARY_KEY, and its values.

    Attributes:
        moment: ISO 8601 with a Z.
        bytes_out: None if the event does not say.
    """

    moment: str
    account: str
    region: str
    service: str
    operation: str
    access: str
    principal: str
    principal_kind: str = ""
    principal_account: str = ""
    session: str = ""
    invoked_by: str = ""
    store: str = ""
    address: str = ""
    endpoint: str = ""
    id: str = ""
    failed: bool = False
    bytes_out: int | None = None


@dataclass(slots=True)
class Counting:
    """Adds up such events."""

    tally: Tally
    _sums: dict[Text, list[Any]] = field(default_factory=dict)

    def add(self, seen: Seen) -> None:
        """Count one event."""
        key = (
            *(self.tally.origin.source, seen.moment[:10], seen.account, seen.region),
            *(seen.service, seen.operation, seen.access),
            *(seen.principal, seen.principal_kind, seen.principal_account, seen.session),
            *("", "", seen.invoked_by, seen.store, seen.address, seen.endpoint, ""),
        )
        known = int(seen.bytes_out is not None)
        one = [seen.moment, seen.moment, 1, int(seen.failed), seen.bytes_out or 0, known, seen.id]
        self.tally.events += 1
        sums = self._sums.get(key)
        if sums is None:
            self._sums[key] = [*one, seen.id]
            return
        sums[0], sums[1] = min(sums[0], seen.moment), max(sums[1], seen.moment)
        sums[2:6] = (a + b for a, b in zip(sums[2:6], one[2:6], strict=True))
        sums[6], sums[7] = min(sums[6], seen.id), max(sums[7], seen.id)

    def finish(self) -> None:
        """Write out the rows."""
        self.tally.rows += ((*key, self.tally.file, *sums) for key, sums in self._sums.items())
