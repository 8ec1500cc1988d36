"""Holds log files against the digests of their trail, and says for which hours they are whole.

Each chain of digests is walked from the oldest to the newest: is its signature AWS's, does it name
the digest before it, does its time follow on, is each log file there and unchanged?
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from auditor.activity.digests import NO_KEY, Digest, PublicKeys, Read, last_part
from auditor.activity.state import State

UNSIGNED = "the signature of a digest is not kept beside it, and no later digest repeats it"
_DECODER = msgspec.json.Decoder(Digest)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Stretch:
    """Some time of one log of one account and region.

    Attributes:
        trail: names of digests without their time: one chain; '' where there are no digests.
        start, end: moments, ISO 8601 with a Z; the end is not in it.
        integrity: whether signed digests name every file, unchanged; None if nobody can tell.
        whole: whether nothing is missing; None for perhaps.
        reason: why not, without a full stop; '' if it is whole.
    """

    account: str
    region: str
    trail: str = ""
    start: str
    end: str
    integrity: bool | None
    whole: bool | None
    reason: str = ""
    files: int = 0
    events: int = 0
    malformed: int = 0


def check_chains(state: State, source: str, trail: str, keys: PublicKeys) -> Iterator[Stretch]:
    """Yield what each digest of a source says of its hour, in order; unread hours are left out.

    Args:
        trail: ARN of the trail whose digests count; '' for all.
    """
    chains = state.ask(
        "SELECT DISTINCT d.chain, d.account, d.region FROM digests AS d JOIN files AS f "
        "USING (source, key) WHERE d.source = ? AND f.seen ORDER BY 1, 2, 3",
        (source,),
    )
    for chain, account, region in chains:
        if trail and not _is_of(chain, trail):
            continue
        reads = _reads(state, source, chain)
        inner = [read for read in reads if not read.late]
        for read, signature, fault in _linked(inner):
            stretch = _judge(state, source, region, keys, read, signature, fault)
            yield replace(stretch, account=account, trail=chain)
        for read in (read for read in reads if read.late):
            stretch = _judge(state, source, region, keys, read, read.signature, "")
            yield replace(stretch, account=account, trail=chain)


def _is_of(chain: str, trail: str) -> bool:
    """Whether ACCOUNT_CloudTrail-Digest_REGION_TRAIL_HOME, as a chain is called, is a trail's."""
    named, _, home = "_".join(chain.split("_")[3:]).rpartition("_")
    region = trail.split(":")[3] if trail.startswith("arn:") else home
    return (named, home) == (last_part(trail), region)


def _reads(state: State, source: str, chain: str) -> list[Read]:
    rows = state.each(
        "SELECT d.key, d.content, d.sha256, d.signature FROM digests AS d JOIN files AS f "
        "USING (source, key) WHERE d.source = ? AND d.chain = ? AND f.seen "
        "ORDER BY d.ends, d.key",
        (source, chain),
    )
    # The same digest may lie in two places: once is enough.
    found: dict[tuple[str, str], Read] = {}
    for key, content, sha256, signature in rows:
        read = Read(key=key, digest=_DECODER.decode(content), sha256=sha256, signature=signature)
        known = found.get((read.name, sha256))
        if known is None or not known.signature:
            found[read.name, sha256] = read
    return list(found.values())


def _linked(reads: Sequence[Read]) -> Iterator[tuple[Read, str, str]]:
    """Yield each digest with its signature, and what is wrong with its link to the one before."""
    for number, read in enumerate(reads):
        later = reads[number + 1].digest if number + 1 < len(reads) else None
        repeated = ""
        if later is not None and last_part(later.previous_digest_s3_object or "") == read.name:
            repeated = (later.previous_digest_signature or "").lower()
        fault = _link_fault(reads[number - 1], read) if number else ""
        if read.signature and repeated and read.signature != repeated:
            fault = fault or "two signatures are given for one digest"
        yield read, read.signature or repeated, fault


def _link_fault(before: Read, read: Read) -> str:
    about = read.digest
    if not about.previous_digest_s3_object:
        return ""  # a chain starts again when logging does; the time between is a gap of its own
    if last_part(about.previous_digest_s3_object) != before.name:
        return "a digest names one before it that is missing"
    if (about.previous_digest_hash_value or "").lower() != before.sha256:
        return "the digest before is not the one that was signed"
    return ""


def _judge(
    state: State,
    source: str,
    region: str,
    keys: PublicKeys,
    read: Read,
    signature: str,
    fault: str,
) -> Stretch:
    integrity: bool | None = True
    whole: bool | None = True
    reasons = [fault] if fault else []
    if fault:
        integrity = whole = False
    why = keys.check(read, region, signature) if signature else UNSIGNED
    if why:
        doubtful = why in (NO_KEY, UNSIGNED)
        integrity = (integrity and None) if doubtful else False
        whole = (whole and None) if doubtful else False
        reasons.append(why)
    files = _files(state, source, read)
    missing, changed = files.missing, files.changed
    if missing:
        whole = False
        reasons.append(f"missing log files that a digest names: {missing} of {files.named}")
    if changed:
        integrity = whole = False
        reasons.append(
            f"log files that are not as a digest describes them: {changed} of {files.named}"
        )
    return Stretch(
        account=read.digest.aws_account_id,
        region=region,
        start=read.digest.digest_start_time,
        end=read.digest.digest_end_time,
        integrity=integrity,
        whole=whole,
        reason="; ".join(reasons),
        files=files.named - missing,
        events=files.events,
        malformed=files.malformed,
    )


@dataclass(slots=True)
class _Files:
    named: int = 0
    missing: int = 0
    changed: int = 0
    events: int = 0
    malformed: int = 0


def _files(state: State, source: str, read: Read) -> _Files:
    found = _Files()
    for log_file in read.digest.log_files:
        found.named += 1
        rows = state.ask(
            "SELECT c.inflated_sha256, c.events, c.malformed FROM files AS f "
            "LEFT JOIN contents AS c ON c.kind = f.kind AND c.sha256 = f.sha256 "
            "WHERE f.source = ? AND f.name = ? AND f.seen",
            (source, last_part(log_file.s3_object)),
        )
        if not rows or rows[0][0] is None:
            found.missing += 1
        elif any(row[0] != log_file.hash_value.lower() for row in rows):
            found.changed += 1
        else:
            found.events += rows[0][1]
            found.malformed += rows[0][2]
    return found


def find_undigested(state: State, source: str) -> dict[tuple[str, str], list[str]]:
    """Return when log files that no digest names were delivered, by account and region, sorted."""
    found: dict[tuple[str, str], list[str]] = {}
    rows = state.each(
        "SELECT name, account, region FROM files WHERE source = ?1 AND seen AND role = 'log' "
        "AND account <> '' AND name NOT IN (SELECT n.name FROM named AS n JOIN files AS d "
        "USING (source, key) WHERE n.source = ?1 AND d.seen) ORDER BY name",
        (source,),
    )
    for name, account, region in rows:
        moment = _DELIVERED.search(name)
        if moment:
            parts = (moment[1], moment[2], moment[3])
            at = "-".join(parts) + f"T{moment[4]}:{moment[5]}:00Z"
            found.setdefault((account, region), []).append(at)
    return {place: sorted(moments) for place, moments in found.items()}


_DELIVERED = re.compile(r"_(20\d\d)(\d\d)(\d\d)T(\d\d)(\d\d)Z_")
