"""Signatures of container images in OCI Registry, held against the key that they name.

Whoever may use an RSA key of OCI Vault signs a message, in JSON, that states the digest of an
image; the registry keeps message and signature beside the image, and checks neither. So both are
checked here, with the public half of that version of the key, which its vault hands out. A
signature that holds says that somebody who may use that key vouched for the digest; whose key it
is, is not judged.

Sources:
    https://docs.oracle.com/en-us/iaas/Content/Registry/Tasks/registrysigningimages_topic.htm
    https://docs.oracle.com/en-us/iaas/api/#/en/registry/20160918/ContainerImageSignature/
    https://docs.oracle.com/en-us/iaas/api/#/en/key/release/KeyVersion/GetKeyVersion
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from auditor.collect.digests import digest_of
from auditor.collect.oci.reading import GONE, entries, maybe_text, text
from auditor.collect.oci.regions import domain_of, region_in
from auditor.model import Json, Unknown
from auditor.spec import Detail, Found
from auditor.tables import Maybe

_ALGORITHMS: Mapping[str, hashes.HashAlgorithm] = {
    "SHA_224_RSA_PKCS_PSS": hashes.SHA224(),
    "SHA_256_RSA_PKCS_PSS": hashes.SHA256(),
    "SHA_384_RSA_PKCS_PSS": hashes.SHA384(),
    "SHA_512_RSA_PKCS_PSS": hashes.SHA512(),
}
_KEY = re.compile(r"ocid1\.key\.[a-z0-9-]+\.[a-z0-9-]+\.(?P<vault>[a-z0-9-]+)\.\w+", re.ASCII)
_LEAST_BITS = 2048  # the shortest RSA key that a vault makes
_LEAVING = (*GONE, "DELETING")
_SEVERAL = Unknown("it was signed with several keys, of which one was read")
_ODD_MESSAGE = Unknown("what was signed does not state a digest in the form that Oracle gives it")
_ODD_SIGNATURE = Unknown("the registry's answer has a signature that is none")
_ODD_KEY = Unknown("the vault's answer has no public RSA key")


def is_signed(found: Found) -> Maybe[bool]:
    """Return whether a signature on an image holds, by the version of the key that was read.

    Args:
        found: with the image as its item, and the details of ``SIGNATURES``.
    """
    listed = found.read("signatures")
    if isinstance(listed, Unknown):
        return listed
    own = _own_signatures(found)
    version = _asked(found).get("kmsKeyVersionId")
    by_version = [each for each in own if each.get("kmsKeyVersionId") == version]
    verdicts = [_holds(found, each) for each in by_version]
    if True in verdicts:
        return True
    if len(by_version) < len(own):
        return _SEVERAL
    return next((each for each in verdicts if isinstance(each, Unknown)), False)


def _own_signatures(found: Found) -> list[Mapping[str, Json]]:
    """Return those of the image, among all of its repository."""
    image = text(found, "item.id")
    return [
        each
        for each in entries(found.read("signatures", absent=[]))
        if each.get("imageId") == image and each.get("lifecycleState") not in _LEAVING
    ]


def _holds(found: Found, signature: Mapping[str, Json]) -> Maybe[bool]:
    stated = _signed_digest(signature.get("message"))
    digest = digest_of(found.read("item.digest"))
    for value in (stated, digest):
        if isinstance(value, Unknown):
            return value
    if stated != digest:
        return False
    key = _read_key(found)
    return key if isinstance(key, Unknown) else _verified(signature, key)


def _verified(signature: Mapping[str, Json], key: rsa.RSAPublicKey) -> Maybe[bool]:
    name = str(signature.get("signingAlgorithm"))
    algorithm = _ALGORITHMS.get(name)
    if algorithm is None:
        return Unknown(f"the algorithm {name[:40]} of its signature is not known to this version")
    message, signed = _decode(signature.get("message")), _decode(signature.get("signature"))
    if message is None or signed is None:
        return _ODD_SIGNATURE
    scheme = padding.PSS(mgf=padding.MGF1(algorithm), salt_length=padding.PSS.AUTO)
    try:
        key.verify(signed, message, scheme, algorithm)
    except InvalidSignature:
        return False
    return True


def _signed_digest(message: Json) -> Maybe[str]:
    """Return the digest that a message states."""
    try:
        stated = json.loads(_decode(message) or b"")
    except (ValueError, RecursionError):
        return _ODD_MESSAGE
    digest = digest_of(stated.get("imageDigest")) if isinstance(stated, dict) else _ODD_MESSAGE
    return _ODD_MESSAGE if isinstance(digest, Unknown) else digest


def _decode(value: Json) -> bytes | None:
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else None
    except (binascii.Error, ValueError):  # letters outside ASCII are a ValueError
        return None


def _read_key(found: Found) -> Maybe[rsa.RSAPublicKey]:
    """Return the public key; Oracle holds no signature to be good whose key was turned off."""
    state = maybe_text(found, "key.lifecycleState")
    pem = maybe_text(found, "key.publicKey")
    for value in (state, pem):
        if isinstance(value, Unknown):
            return value
    if state != "ENABLED":
        return Unknown(f"the version of the key that signed it is {state}")
    try:
        key = load_pem_public_key(str(pem).encode())
    except (ValueError, UnsupportedAlgorithm):
        return _ODD_KEY
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < _LEAST_BITS:
        return _ODD_KEY
    return key


def _asked(found: Found) -> Mapping[str, Json]:
    """Return the latest signature of an image, whose key is asked for; an empty one for none."""
    own = _own_signatures(found)
    return max(
        own, key=lambda each: (str(each.get("timeCreated")), str(each.get("id"))), default={}
    )


def _key_id(found: Found) -> Json:
    return _asked(found).get("kmsKeyId")


def _key_version(found: Found) -> Json:
    return _asked(found).get("kmsKeyVersionId")


def vault_address(found: Found) -> str:
    """Return where the vault of a key answers about its keys, which the key's OCID says.

    Oracle's own command line makes the address alike, to sign and to verify:
    https://github.com/oracle/oci-cli/blob/master/services/artifacts/src/oci_cli_artifacts/artifacts_cli_extended.py
    """
    key = _key_id(found)
    match = _KEY.fullmatch(key) if isinstance(key, str) else None
    region = region_in(key)
    if match is None or isinstance(region, Unknown) or not domain_of(region):
        return ""
    return f"https://{match['vault']}-management.kms.{region}.{domain_of(region)}"


SIGNATURES = (
    Detail(
        name="signatures",
        operation="list_container_image_signatures",
        permission="inspect repos",
        parameters={"limit": 100},
        bind={"compartment_id": "item.compartmentId", "repository_id": "item.repositoryId"},
        items="items",
        shared=True,
    ),
    Detail(
        name="key",
        service="key_management.KmsManagementClient",
        operation="get_key_version",
        permission="read keys",
        bind={"key_id": "signatures", "key_version_id": "signatures"},
        compose={"key_id": _key_id, "key_version_id": _key_version},
        locate=vault_address,
        applies=lambda found: bool(_own_signatures(found)),
        shared=True,
    ),
)
