"""What a report shows, already computed: both renderers read these and decide nothing.

All text is as the sources gave it; making it safe to show is the renderer's first step.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSummary:
    """What the evidence holds, as counted when it was sealed.

    Attributes:
        records: number of evidence records, refusals included.
        root: root of the Merkle tree over the records, lower-case hex.
        denied: records in which the provider refused for lack of permission.
        failed: records in which a call failed for any other reason.
    """

    records: int
    root: str
    denied: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A verdict as shown: a word, then a shape, then a colour.

    Attributes:
        tone: names shape and colour: met, unmet, unknown, waived, attested or none.
    """

    word: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A sentence or two, and the anchor that they lead to ('' if nowhere)."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a grid.

    Attributes:
        kind: text, code (fixed-width, broken at punctuation), number or mark.
        share: relative width; 0 takes as little as the content needs.
    """

    title: str
    kind: str = "text"
    share: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value of a grid, the anchor that it leads to, and its verdict in a mark column."""

    text: str
    anchor: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; ``note`` says what it leaves out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter: sentences, then tables, then commands to type."""

    anchor: str
    title: str
    paragraphs: tuple[Text, ...] = ()
    grids: tuple[Grid, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentView:
    """One line of page one: a commitment, its answer, and the count over its population."""

    id: str
    title: str
    mark: Mark
    count: str
    reason: str
    anchor: str
    controls: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldMap:
    """Where the data rests and where it can move; ``words`` say what the drawing shows."""

    svg: str
    alternative: str
    legend: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A clause in plain words, and what it came to; None if all clauses came to the same."""

    says: str
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One resource of a finding.

    Attributes:
        values: what was seen on this row alone, one for each of the finding's ``varying``.
        region: '' when the row has none, 'unknown' when it is not known.
    """

    anchor: str
    name: str
    id: str
    kind: str
    account: str
    region: str
    values: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """What one person would fix at once: rows that broke the same clauses in the same way.

    Attributes:
        expected: the clauses, where the headline does not say them all.
        seen: (what, value) that all rows share.
        varying: columns whose values stand in each row.
        summary: the rows counted, with the first few; None if they are few.
        total: number of rows; more than ``rows`` holds when ``note`` says so.
    """

    anchor: str
    label: str
    mark: Mark
    headline: str
    expected: tuple[Expectation, ...]
    seen: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    remedy: str
    varying: tuple[str, ...]
    summary: Grid | None
    rows: tuple[RowView, ...]
    total: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlView:
    """One control with everything that it concluded."""

    anchor: str
    id: str
    title: str
    mark: Mark
    severity: str
    counts: str
    reason: str
    why: str
    facts: tuple[tuple[str, str], ...]
    clauses: Grid
    gaps: Grid | None
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What the screen's filter offers; values as they stand in the rows."""

    controls: tuple[str, ...]
    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole report, in the order in which it is read.

    Attributes:
        digest: SHA-256 of results.json, lower-case hex; ``short_digest`` is its beginning.
        running: what stands at the head of each page.
        key_notice: that the signing key identifies nobody; '' when it is somebody's.
        transport: why the answers are not the providers' own; empty if nothing says so, and
            then ``transport_notice`` is '' too.
        opening, closing: the sections before and after the controls.
        attachment: the bytes of results.json.
    """

    title: str
    agreement: str
    company: str
    period: str
    as_of: str
    report_id: str
    running: str
    digest: str
    short_digest: str
    tool: str
    key_notice: str
    transport: tuple[str, ...]
    transport_notice: str
    commitments: tuple[CommitmentView, ...]
    stands_out: tuple[Text, ...]
    cannot_tell: tuple[Text, ...]
    coverage: Text
    map: WorldMap
    opening: tuple[Section, ...]
    findings_intro: tuple[Text, ...]
    controls: tuple[ControlView, ...]
    closing: tuple[Section, ...]
    facets: Facets
    attachment: bytes
