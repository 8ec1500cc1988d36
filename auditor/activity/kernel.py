"""Summarises one log file: the kernel that runs in local processes and on Spark alike.

Pure: bytes in, a partial summary out. Finding files, and adding the partial summaries up, is left
to others. Whatever the bytes are, nothing is raised: what cannot be read is counted.
"""

import gc
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from operator import itemgetter
from typing import Final

from auditor.activity.cloudtrail import summarise_cloudtrail
from auditor.activity.inflating import Inflating
from auditor.activity.oci_audit import summarise_oci_audit
from auditor.activity.oci_objects import summarise_oci_objects
from auditor.activity.partial import ROW_COLUMNS, Origin, Partial, Tally
from auditor.activity.s3_access import summarise_s3_access

_READERS: Final[Mapping[str, Callable[[Inflating, Tally], None]]] = {
    "cloudtrail": summarise_cloudtrail,
    "cloudtrail lookup": summarise_cloudtrail,
    "s3 access": summarise_s3_access,
    "oci audit": summarise_oci_audit,
    "oci objects": summarise_oci_objects,
}
KINDS: Final = tuple(_READERS)
"""Kinds of logs, as LogSource names them."""

_FIRST, _LAST = (itemgetter(ROW_COLUMNS.index(name)) for name in ("first", "last"))
_PLACE = itemgetter(ROW_COLUMNS.index("account"), ROW_COLUMNS.index("region"))
# Where CloudTrail, S3 (in folders by date) and Connector Hub put files.
_PLACES: Final = (
    re.compile(
        r"(?:^|/)AWSLogs/(?:o-[a-z0-9]+/)?(?P<account>\d{12})/[\w-]+/(?P<region>[a-z0-9-]+)/"
    ),
    re.compile(r"(?:^|/)(?P<account>\d{12})/(?P<region>[a-z]{2,}(?:-[a-z]+)+-\d)/[^/]+/\d{4}/"),
)


def summarise(origin: Origin, content: bytes, *, hash_inflated: bool = False) -> Partial:
    """Summarise one log file.

    Args:
        origin: its kind is one of KINDS; account and region are taken from the name where they are
            not given and the name says.
        content: the file as it is stored, compressed with gzip or not.
        hash_inflated: digests of CloudTrail vouch for the inflated bytes.

    Raises:
        KeyError: there is no such kind.
    """
    reader = _READERS[origin.kind]
    origin = _placed(origin)
    sha256 = hashlib.sha256(content).hexdigest()
    tally = Tally(origin, sha256)
    inflating = Inflating(content, hashing=hash_inflated)
    with _collecting_no_garbage():
        reader(inflating, tally)
    if inflating.fault:
        tally.refuse(f"byte {inflating.size} of the inflated file", inflating.fault)
    elif not inflating.size:
        tally.refuse("byte 0", "the file is empty")
    return Partial(
        origin=origin,
        sha256=sha256,
        inflated_sha256=inflating.sha256,
        size=len(content),
        inflated=inflating.size,
        rows=tuple(tally.rows),
        chains=tuple(sorted(tally.chains)),
        events=tally.events,
        malformed=tally.malformed,
        samples=tuple(tally.samples),
        first=min(map(_FIRST, tally.rows), default=""),
        last=max(map(_LAST, tally.rows), default=""),
        places=tuple(sorted(set(map(_PLACE, tally.rows)))),
    )


def _placed(origin: Origin) -> Origin:
    """Return the origin with the account and region that its name says."""
    place = next(filter(None, (each.search(origin.name) for each in _PLACES)), None)
    if not place:
        return origin
    account, region = origin.account or place["account"], origin.region or place["region"]
    return replace(origin, account=account, region=region)


@contextmanager
def _collecting_no_garbage() -> Iterator[None]:
    """Pause the garbage collector: nothing here is cyclic, and looking for it costs a tenth."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
