"""Signatures over whole Android packages."""

import struct

import pytest

from auditor.apps.apk_signing import SCHEME_2, SCHEME_3, find_block
from auditor.apps.archive import Archive
from auditor.apps.public_keys import encoded_key
from auditor.demo.apps.archives import archive_of, sign_apk, signing_block
from auditor.demo.apps.keys import AppSigner
from auditor.errors import PackageError
from tests.apps.packages import apk, breached, files_of, jar_signed, signer, with_files

UNSIGNED = with_files(breached(), {}, signed=False)


def resealed(package: bytes, schemes: dict[int, bytes]) -> bytes:
    """Return a package with other schemes in its signing block."""
    archive = Archive(package)
    block = find_block(archive)
    start = block.start if block else archive.directory
    made = signing_block(schemes)
    end = bytearray(package[archive.end :])
    struct.pack_into("<I", end, 16, start + len(made))
    middle = package[archive.directory : archive.end]
    return package[:start] + made + middle + bytes(end)


def scheme_2(package: bytes) -> bytes:
    """Return the signers of scheme 2 of a package."""
    block = find_block(Archive(package))
    assert block is not None
    return block.schemes[SCHEME_2]


def test_an_unsigned_package() -> None:
    """It has no certificate, and its signature does not hold."""
    app = apk(UNSIGNED)["app"]

    assert (app["certificates"], app["signature_holds"]) == ([], False)


def test_a_changed_file_breaks_the_signature() -> None:
    """One byte of the code is enough, even where its checksum was mended."""
    changed = archive_of({**files_of(breached()), "assets/x": b"y"})
    moved = resealed(changed, {SCHEME_2: scheme_2(breached())})
    facts = apk(moved)

    assert facts["app"]["signature_holds"] is False
    assert "changed after it was signed" in facts["notes"][0]


def test_a_certificate_of_somebody_else_does_not_hold() -> None:
    """The key that signed must be that of the certificate that is shown."""
    mixed = AppSigner(key=signer().key, certificate=signer("Other").certificate)
    facts = apk(sign_apk(UNSIGNED, mixed))

    assert facts["app"]["signature_holds"] is False
    assert "not that of the certificate" in facts["notes"][0]


def test_a_stripped_newer_scheme_is_noticed() -> None:
    """An older signature that speaks of a newer one needs it."""
    files = jar_signed(files_of(UNSIGNED), signer(), X_Android_APK_Signed="2")
    stripped = apk(archive_of(files))
    whole = apk(sign_apk(archive_of(files), signer()))

    assert stripped["app"]["signature_holds"] is False
    assert "taken away" in stripped["notes"][0]
    assert whole["app"]["signature_holds"] is True


def test_a_scheme_without_signers_does_not_hold() -> None:
    """An empty list is no signature."""
    emptied = resealed(breached(), {SCHEME_3: struct.pack("<I", 0)})

    assert apk(emptied)["app"]["signature_holds"] is False


def test_schemes_that_nobody_knows_are_no_signature() -> None:
    """Blocks hold other things, too."""
    assert apk(resealed(breached(), {0x1234: b"abcd"}))["app"]["signature_holds"] is False


def test_malformed_blocks_are_refused() -> None:
    """Sizes that differ, parts that reach too far."""
    archive = Archive(breached())
    changed = bytearray(breached())
    struct.pack_into("<Q", changed, archive.directory - 24, 1 << 40)
    with pytest.raises(PackageError, match="impossible size"):
        apk(bytes(changed))
    with pytest.raises(PackageError, match="cut short"):
        apk(resealed(breached(), {SCHEME_2: b"\xff\xff\xff\x7f"}))


def sized(content: bytes) -> bytes:
    """Return some bytes with their length before them."""
    return struct.pack("<I", len(content)) + content


def scheme_3(package: bytes, who: AppSigner, algorithm: int) -> bytes:
    """Return the signers of scheme 3 over the content that scheme 2 of a package signs."""
    (digest,) = [scheme_2(package)[at : at + 32] for at in (28,)]
    signed = sized(sized(struct.pack("<I", algorithm) + sized(digest)))
    signed += sized(sized(who.encoded)) + struct.pack("<II", 28, 0x7FFFFFFF) + sized(b"")
    signature = struct.pack("<I", algorithm) + sized(who.sign(signed))
    signer_ = sized(signed) + struct.pack("<II", 28, 0x7FFFFFFF)
    signer_ += sized(sized(signature)) + sized(encoded_key(who.key.public_key()))
    return sized(sized(signer_))


def test_both_schemes_hold_together() -> None:
    """A package may have an old key for old phones, and a new one for others."""
    other = signer("Other")
    schemes = {SCHEME_2: scheme_2(breached()), SCHEME_3: scheme_3(breached(), other, 0x0201)}
    app = apk(resealed(breached(), schemes))["app"]

    assert app["signature_holds"] is True
    assert app["certificates"] == sorted([signer().fingerprint, other.fingerprint])


def test_algorithms_that_are_not_checked_leave_it_unknown() -> None:
    """Digests for fs-verity alone."""
    facts = apk(resealed(breached(), {SCHEME_3: scheme_3(breached(), signer(), 0x0421)}))

    assert facts["app"]["signature_holds"] is None
    assert "not checked" in facts["unknown"]["signature_holds"]
