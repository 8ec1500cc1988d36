"""Digests: what was removed, changed, added or never signed shows, at its hour."""

import base64
import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from auditor.activity.digests import read_digest
from auditor.activity.folders import SIDECAR
from auditor.activity.integrity import UNSIGNED
from auditor.activity.stretches import NO_DIGEST
from auditor.demo.logs.trail import StoredObject, TrailKey
from tests.activity.logs import REGION, lay, objects, recorded, scope, source, stretches


@pytest.fixture(scope="module")
def stored() -> Mapping[str, StoredObject]:
    """A day of a trail and one hour more, so that the day's last digest is repeated by another."""
    return objects(hours=25)


def key_at(stored: Mapping[str, StoredObject], kind: str, hour: int) -> str:
    """The key of the log file or digest of an hour."""
    found = sorted(key for key in stored if f"/{kind}/" in key)
    return found[hour]


def judged(tmp_path: Path, stored: Mapping[str, StoredObject], **changes: Any) -> list[Any]:
    """The stretches of a folder that holds these objects."""
    folder = lay(tmp_path / "logs", stored)
    return stretches(recorded(tmp_path / "bundle", [source(folder)], scope(**changes)))


def test_an_unbroken_chain_is_whole(tmp_path: Path, stored: Mapping[str, StoredObject]) -> None:
    """On a disk, each digest's signature is the one that the next one repeats."""
    assert judged(tmp_path, stored) == [("00:00", "00:00", True, True, "")]


def test_the_newest_digest_needs_its_own_signature(tmp_path: Path) -> None:
    """Without metadata nobody can tell; a file beside it gives them back."""
    day = objects(hours=24)
    assert judged(tmp_path / "without", day) == [
        ("00:00", "23:00", True, True, ""),
        ("23:00", "00:00", None, None, UNSIGNED),
    ]
    newest = key_at(day, "CloudTrail-Digest", 23)
    beside = json.dumps(dict(day[newest].metadata)).encode()
    whole = {**day, f"{newest}{SIDECAR}": StoredObject(data=beside)}
    assert judged(tmp_path / "with", whole) == [("00:00", "00:00", True, True, "")]


def test_a_log_file_that_is_missing_shows(
    tmp_path: Path, stored: Mapping[str, StoredObject]
) -> None:
    """Its hour is not whole; what is left is unchanged."""
    rest = dict(stored)
    del rest[key_at(stored, "CloudTrail", 5)]
    found = judged(tmp_path, rest)
    reason = "missing log files that a digest names: 1 of 1"
    assert found[1] == ("05:00", "06:00", True, False, reason)
    assert len(found) == 3


def test_a_log_file_that_was_changed_shows(
    tmp_path: Path, stored: Mapping[str, StoredObject]
) -> None:
    """One event taken out of a file is enough."""
    key = key_at(stored, "CloudTrail", 5)
    told = json.loads(gzip.decompress(stored[key].data))
    changed = gzip.compress(json.dumps({"Records": told["Records"][1:]}).encode())
    found = judged(tmp_path, {**stored, key: StoredObject(data=changed)})
    reason = "log files that are not as a digest describes them: 1 of 1"
    assert found[1] == ("05:00", "06:00", False, False, reason)


def test_a_digest_that_is_missing_shows(tmp_path: Path, stored: Mapping[str, StoredObject]) -> None:
    """Its hour is a gap, and the next digest says that one was there."""
    rest = dict(stored)
    del rest[key_at(stored, "CloudTrail-Digest", 5)]
    found = judged(tmp_path, rest)
    assert ("05:00", "06:00", None, False, NO_DIGEST) in found
    reason = "a digest names one before it that is missing"
    assert ("06:00", "07:00", False, False, reason) in found
    # The signature of the digest before was repeated by the one that is missing.
    assert ("04:00", "05:00", None, None, UNSIGNED) in found


def test_a_digest_that_was_written_anew_shows(
    tmp_path: Path, stored: Mapping[str, StoredObject]
) -> None:
    """Whoever takes a file out of a digest cannot sign it, nor hide it from the next one."""
    key = key_at(stored, "CloudTrail-Digest", 5)
    digest = json.loads(gzip.decompress(stored[key].data))
    forged = gzip.compress(json.dumps({**digest, "logFiles": []}).encode())
    found = judged(tmp_path, {**stored, key: StoredObject(data=forged)})
    assert ("05:00", "06:00", False, False) in [row[:4] for row in found]
    assert any("not the one that was signed" in row[4] for row in found)


def test_a_log_file_that_no_digest_names_shows(
    tmp_path: Path, stored: Mapping[str, StoredObject]
) -> None:
    """A file that somebody added takes integrity away, and nothing else."""
    key = key_at(stored, "CloudTrail", 5).replace("T0500Z_", "T0530Z_")
    found = judged(tmp_path, {**stored, key: StoredObject(data=gzip.compress(b'{"Records":[]}'))})
    assert ("05:00", "06:00", False, True, "a log file is named by no digest") in found


def test_another_key_signs_nothing(tmp_path: Path, stored: Mapping[str, StoredObject]) -> None:
    """A key of the same fingerprint that is not AWS's does not do, and no key leaves it open."""
    other = TrailKey(private=rsa.generate_private_key(public_exponent=65_537, key_size=2048))
    from tests.activity.logs import KEY  # noqa: PLC0415

    forged = (KEY[0], REGION, base64.b64encode(other.public).decode())
    reason = "the signature of a digest does not hold"
    assert judged(tmp_path / "a", stored, keys=[forged]) == [
        ("00:00", "00:00", False, False, reason)
    ]
    reason = "AWS's public key for a digest was not collected"
    assert judged(tmp_path / "b", stored, keys=[]) == [("00:00", "00:00", None, None, reason)]


def test_a_trail_that_began_late_leaves_a_gap(tmp_path: Path) -> None:
    """What was before the first digest is not known."""
    found = judged(tmp_path, objects(hours=49), days=3)
    assert found[-1] == ("01:00", "00:00", None, False, NO_DIGEST)


@pytest.mark.parametrize(("hour", "expected"), [(0, ("00:00", "01:00")), (23, ("23:00", "00:00"))])
def test_the_first_and_the_last_hour_are_no_exception(
    tmp_path: Path, stored: Mapping[str, StoredObject], hour: int, expected: tuple[str, str]
) -> None:
    """A digest that is gone at either end of the period leaves no other that misses it there."""
    gone = key_at(stored, "CloudTrail-Digest", hour)
    found = judged(tmp_path, {key: each for key, each in stored.items() if key != gone})
    assert (*expected, None, False, NO_DIGEST) in found


@pytest.mark.parametrize(
    ("trail", "whole"),
    [
        ("arn:aws:cloudtrail:us-east-1:222222222222:trail/main", True),
        ("main", True),
        ("arn:aws:cloudtrail:us-west-2:222222222222:trail/main", None),
        ("arn:aws:cloudtrail:us-east-1:222222222222:trail/ma", None),
    ],
)
def test_only_the_trail_that_is_named_vouches(
    tmp_path: Path, stored: Mapping[str, StoredObject], trail: str, whole: bool | None
) -> None:
    """Anybody in an account may make a trail of nearly the same name, which records less."""
    named = source(lay(tmp_path / "logs", stored), trail=trail)
    assert [row[3] for row in stretches(recorded(tmp_path / "bundle", [named]))] == [whole]


def test_a_trail_of_another_name_does_not_vouch(tmp_path: Path) -> None:
    """Though its name holds that of the one that is to."""
    folder = lay(tmp_path / "logs", objects(hours=25, name="not_main_really"))
    named = source(folder, trail="arn:aws:cloudtrail:us-east-1:222222222222:trail/main")
    assert [row[3] for row in stretches(recorded(tmp_path / "bundle", [named]))] == [None]


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"\x1f\x8b", gzip.compress(b"{"), gzip.compress(b"[" * 100_000)],
    ids=["nothing", "no members", "a list", "no gzip", "broken off", "nested too deeply"],
)
def test_what_is_no_digest_is_said_to_be_none(data: bytes) -> None:
    """Nothing is raised, whatever lies there."""
    assert isinstance(read_digest("a/b.json.gz", data, {}), str)
