"""Says what is known of logs that no signed digest vouches for: never that all is there."""

from collections.abc import Iterator, Set
from dataclasses import replace

from auditor.activity.integrity import Stretch
from auditor.activity.state import State
from auditor.activity.stretches import Span, hours_between
from auditor.model import LogSource

_UNSIGNED = "no signed digest names the files of this log, so nobody can tell whether all are there"
_BEST_EFFORT = "the provider delivers this log by best effort: an access may be missing from it"
_HISTORY = "the event history has management events only, of the last 90 days"
_SILENT = "the log has no event in these hours: nothing happened, or it is missing"
_EXPORTED = "nothing names the files of this export, so nobody can tell whether all are there"

_WHY = {
    "cloudtrail": _UNSIGNED,
    "cloudtrail lookup": _HISTORY,
    "s3 access": _BEST_EFFORT,
    "oci audit": _EXPORTED,
    "oci objects": _BEST_EFFORT,
}


def stretch_unsigned(
    state: State, log: LogSource, span: Span, signed: Set[tuple[str, str]]
) -> Iterator[Stretch]:
    """Yield stretches of the accounts and regions of a log that no digest is about.

    Args:
        signed: accounts and regions that digests are about.
    """
    for account, region, files, events, malformed in _places(state, log.name):
        if (account, region) in signed:
            continue
        base = Stretch(
            account=account, region=region, start=span.start, end=span.end,
            integrity=None, whole=None, reason=_WHY[log.kind],
            files=files, events=events, malformed=malformed,
        )  # fmt: skip
        if log.kind == "oci audit":
            yield from _by_hour(state, log, base, span)
        else:
            yield base


def _by_hour(state: State, log: LogSource, base: Stretch, span: Span) -> Iterator[Stretch]:
    """Yield hours with and without events; only Oracle's own answer leaves nothing out."""
    place = (base.account, base.region)
    asked = not (log.folder or log.bucket)
    heard = state.ask(
        "SELECT c.first, c.last, c.events, c.malformed FROM (SELECT DISTINCT kind, sha256 "
        "FROM files WHERE source = ? AND seen AND role = 'log' AND sha256 <> '') AS f "
        "JOIN contents AS c USING (kind, sha256) JOIN places AS p USING (kind, sha256) "
        "WHERE c.events > 0 AND p.account = ? AND p.region = ? ORDER BY 1, 2",
        (log.name, *place),
    )
    whole, reason = (True, "") if asked else (None, _EXPORTED)
    for stretch in hours_between(heard, place, span, _SILENT):
        heard_of = stretch.whole is True
        yield replace(stretch, whole=whole, reason=reason) if heard_of else stretch


def _places(state: State, source: str) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield accounts and regions with the counts of the files that tell of them."""
    yield from state.ask(
        "SELECT p.account, p.region, count(DISTINCT f.sha256), sum(c.events), sum(c.malformed) "
        "FROM (SELECT DISTINCT source, kind, sha256 FROM files WHERE source = ? AND seen "
        "AND role = 'log' AND sha256 <> '') AS f JOIN contents AS c USING (kind, sha256) "
        "JOIN places AS p USING (kind, sha256) GROUP BY p.account, p.region ORDER BY 1, 2",
        (source,),
    )
