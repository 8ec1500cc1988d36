"""Keys and signatures of every kind that apps are signed with."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ed25519, padding, rsa

from auditor.apps.public_keys import encoded_key, key_from, key_of, signature_holds
from auditor.errors import PackageError
from tests.apps.packages import signer


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    """A key that is made once."""
    return rsa.generate_private_key(65537, 2048)


def test_rsa_with_both_paddings(rsa_key: rsa.RSAPrivateKey) -> None:
    """Each is checked as what it says that it is."""
    public, digest = rsa_key.public_key(), hashes.SHA256()
    plain = rsa_key.sign(b"x", padding.PKCS1v15(), digest)
    salted = rsa_key.sign(b"x", padding.PSS(padding.MGF1(digest), 32), digest)

    assert signature_holds(public, plain, b"x", "sha256")
    assert signature_holds(public, salted, b"x", "sha256", pss=True)
    assert not signature_holds(public, plain, b"x", "sha256", pss=True)
    assert not signature_holds(public, plain, b"y", "sha256")
    assert not signature_holds(public, plain, b"x", "sha512")


def test_other_kinds_of_keys() -> None:
    """DSA and ECDSA are checked; what nobody signs apps with never holds."""
    own = dsa.generate_private_key(1024)
    odd = ed25519.Ed25519PrivateKey.generate()

    assert signature_holds(own.public_key(), own.sign(b"x", hashes.SHA256()), b"x", "sha256")
    assert signature_holds(signer().key.public_key(), signer().sign(b"x"), b"x", "sha256")
    assert not signature_holds(odd.public_key(), odd.sign(b"x"), b"x", "sha256")


def test_keys_come_back() -> None:
    """From a certificate, and from their own encoding."""
    key = key_of(signer().encoded)

    assert encoded_key(key_from(encoded_key(key))) == encoded_key(signer().key.public_key())


def test_noise_is_no_key() -> None:
    """With our own error."""
    for read in (key_of, key_from):
        with pytest.raises(PackageError):
            read(b"noise")
    versioned = bytearray(signer().encoded)
    versioned[versioned.index(b"\xa0\x03\x02\x01\x02") + 4] = 56
    with pytest.raises(PackageError):
        key_of(bytes(versioned))
