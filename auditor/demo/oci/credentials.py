"""A throw-away API key, made once per process, for clients and the simulator alike."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

TENANCY = "ocid1.tenancy.oc1..aaaaaaaaacme"
USER = "ocid1.user.oc1..aaaaaaaaauditor"
REGION = "us-ashburn-1"


@cache
def private_key() -> rsa.RSAPrivateKey:
    """Return this process's key: RSA, 2048 bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def private_key_pem() -> str:
    """Return this process's key in PEM, unencrypted."""
    encoded = private_key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return encoded.decode()


@cache
def fingerprint() -> str:
    """Return the key's fingerprint: MD5 over DER, in pairs of hex digits with colons."""
    encoded = (
        private_key()
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return hashlib.md5(encoded, usedforsecurity=False).digest().hex(":")


def key_id(tenancy: str = TENANCY, user: str = USER) -> str:
    """Return the name under which a user signs with this process's key."""
    return f"{tenancy}/{user}/{fingerprint()}"


def public_keys(tenancies: Iterable[str] = (TENANCY,)) -> dict[str, rsa.RSAPublicKey]:
    """Return the keys for a simulator: one user in each tenancy, with this process's key."""
    return {key_id(tenancy): private_key().public_key() for tenancy in tenancies}


def config(tenancy: str = TENANCY, region: str = REGION) -> dict[str, str]:
    """Return the configuration for any client of the OCI SDK."""
    return {
        "tenancy": tenancy,
        "user": USER,
        "fingerprint": fingerprint(),
        "key_content": private_key_pem(),
        "region": region,
    }


def signer(tenancy: str = TENANCY) -> Any:
    """Return an ``oci.signer.Signer``: with it a client is made a hundred times faster."""
    from oci.signer import Signer  # noqa: PLC0415  the SDK takes long to import

    return Signer(tenancy, USER, fingerprint(), None, private_key_content=private_key_pem())


def write_config(folder: Path, tenancy: str = TENANCY, region: str = REGION) -> Path:
    """Write a configuration file and the key that it names, and return the former's path."""
    key_file = folder / "oci_api_key.pem"
    key_file.write_text(private_key_pem())
    key_file.chmod(0o600)
    lines = {**config(tenancy, region), "key_file": str(key_file)}
    del lines["key_content"]
    path = folder / "config"
    path.write_text("[DEFAULT]\n" + "".join(f"{k}={v}\n" for k, v in lines.items()))
    path.chmod(0o600)
    return path
