"""Container images: what is kept, under which tags, and whether a signature on it holds."""

import base64
import json
from collections.abc import Iterable

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

from auditor.demo.oci.credentials import private_key
from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Artifact
from tests.collect.oci.simulated import DATA, Collected, collected
from tests.collect.oci.things import thing

DIGEST, OTHER = ("sha256:" + each * 32 for each in ("ab", "cd"))
KEY = "ocid1.key.oc1.iad.builds.aaaaaaaa"
HOST = "builds-management.kms.us-ashburn-1.oraclecloud.com"
VERSION = "ocid1.keyversion.oc1.iad.builds.{}"
HASHES = {
    "SHA_224_RSA_PKCS_PSS": hashes.SHA224(),
    "SHA_256_RSA_PKCS_PSS": hashes.SHA256(),
    "SHA_384_RSA_PKCS_PSS": hashes.SHA384(),
    "SHA_512_RSA_PKCS_PSS": hashes.SHA512(),
}


def repository(name: str = "app", *, immutable: bool = True) -> dict[str, Json]:
    """Return a repository of images."""
    counts = {"image_count": 1, "layer_count": 1, "layers_size_in_bytes": 2048}
    more = {"namespace": "acme", "is_public": False, "is_immutable": immutable, **counts}
    return thing("containerrepo", name, lifecycle_state="AVAILABLE", **more)


def image(name: str, digest: str = DIGEST, tags: Iterable[str] = ("1",), **more: Json) -> Json:
    """Return an image of the repository 'app'."""
    told = {
        "digest": digest,
        "layers": [{"digest": OTHER, "size_in_bytes": 2000, "time_created": "2025-01-01"}],
        "layers_size_in_bytes": 2000,
        "manifest_size_in_bytes": 48,
        "repository_id": repository()["id"],
        "repository_name": "app",
        "versions": [{"version": tag, "time_created": "2025-01-01T00:00:00Z"} for tag in tags],
        **more,
    }
    return thing("containerimage", name, lifecycle_state="AVAILABLE", **told)


def signature(
    of: str,
    digest: str = DIGEST,
    *,
    version: str = "1",
    algorithm: str = "SHA_256_RSA_PKCS_PSS",
    made: str = "2025-02-01T00:00:00Z",
    **more: Json,
) -> Json:
    """Return a signature on an image, by this process's key."""
    message = json.dumps({"imageDigest": digest, "kmsKeyId": KEY}).encode()
    hashed = HASHES.get(algorithm, hashes.SHA256())
    scheme = padding.PSS(padding.MGF1(hashed), padding.PSS.DIGEST_LENGTH)
    signed = private_key().sign(message, scheme, hashed)
    told = {
        "image_id": thing("containerimage", of)["id"],
        "_path": {"repositoryId": repository()["id"]},
        "kms_key_id": KEY,
        "kms_key_version_id": VERSION.format(version),
        "message": base64.b64encode(message).decode(),
        "signature": base64.b64encode(signed).decode(),
        "signing_algorithm": algorithm,
        "time_created": made,
        "lifecycle_state": "AVAILABLE",
        **more,
    }
    return thing("containersignature", f"{of}.{version}", **told)


def vault() -> dict[str, Json]:
    """Return the vault of the key."""
    address = f"https://{HOST}"
    return thing("vault", "builds.v", management_endpoint=address, vault_type="DEFAULT")


def in_pem(key: rsa.RSAPublicKey | ed25519.Ed25519PublicKey) -> str:
    """Return a public key as a vault states it."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()


def key_version(name: str = "1", **more: Json) -> Json:
    """Return a version of the key in its vault."""
    return {
        "_host": HOST,
        "_path": {"keyId": KEY},
        "id": VERSION.format(name),
        "key_id": KEY,
        "compartment_id": DATA,
        "vault_id": "ocid1.vault.oc1.iad.builds.v",
        "public_key": in_pem(private_key().public_key()),
        "lifecycle_state": "ENABLED",
        "time_created": "2025-01-01T00:00:00Z",
        **more,
    }


def registry(
    images: Iterable[Json], signatures: Iterable[Json] = (), keys: Iterable[Json] | None = None
) -> dict[str, dict[str, dict[str, list[Json]]]]:
    """Return a tenancy with one repository."""
    return {
        "us-ashburn-1": {
            "artifacts": {
                "ContainerRepository": [repository()],
                "ContainerImage": list(images),
                "ContainerImageSignature": list(signatures),
            },
            "key_management": {
                "Vault": [vault()],
                "KeyVersion": [key_version()] if keys is None else list(keys),
            },
        }
    }


def found_in(*arguments: Iterable[Json]) -> Collected:
    """Collect the images of a registry."""
    return collected(registry(*arguments), kinds="oci.artifacts.image")


def signed(*signatures: Json, keys: Iterable[Json] | None = None) -> Artifact:
    """Return the only image, with signatures on it."""
    (row,) = found_in([image("a")], signatures, [key_version()] if keys is None else keys).of(
        Artifact
    )
    return row


def test_an_image_is_told_by_its_digest() -> None:
    """With every tag, under the name by which it is pulled."""
    row = signed()

    assert (row.kind, row.digest, row.tags) == ("image", DIGEST, ("1",))
    assert row.name == "ocir.us-ashburn-1.oci.oraclecloud.com/acme/app"
    assert (row.store_id, row.mutable_tags) == (repository()["id"], False)
    assert (row.size_bytes, row.made) == (2048, "2025-01-01T00:00:00.000Z")
    assert (row.index_of, row.signed) == ((), False)


def test_what_has_no_layers_may_be_an_index() -> None:
    """Of images for several platforms, of which the registry's API says nothing."""
    (row,) = found_in([image("a", layers=[], tags=())]).of(Artifact)

    assert isinstance(row.index_of, Unknown)
    assert row.tags == ()


@pytest.mark.parametrize("algorithm", HASHES)
def test_a_signature_holds_by_the_key_that_it_names(algorithm: str) -> None:
    assert signed(signature("a", algorithm=algorithm)).signed is True


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(signature("a", OTHER), id="another digest"),
        pytest.param(signature("a", signature=base64.b64encode(b"x" * 256).decode()), id="forged"),
        pytest.param(
            signature("a", signature=signature("a", OTHER)["signature"]), id="of another message"
        ),
        pytest.param(signature("b"), id="on another image"),
        pytest.param(signature("a", lifecycle_state="DELETED"), id="taken back"),
    ],
)
def test_a_signature_on_something_else_does_not_hold(broken: Json) -> None:
    assert signed(broken).signed is False


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param({"message": "e30="}, "does not state a digest", id="no digest"),
        pytest.param({"message": "<b>"}, "does not state a digest", id="no message"),
        pytest.param({"message": "W10="}, "does not state a digest", id="a list"),
        pytest.param({"signature": "<b>"}, "signature that is none", id="no signature"),
        pytest.param({"kms_key_id": "ocid1.key.oc1.iad.x"}, "get_key_version", id="odd key"),
    ],
)
def test_an_odd_signature_is_not_judged(told: dict[str, Json], why: str) -> None:
    """It may be of a form that came later."""
    found = signed(signature("a", **told)).signed

    assert isinstance(found, Unknown)
    assert why in found.reason


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param([], id="not there"),
        pytest.param([key_version(lifecycle_state="DISABLED")], id="turned off"),
        pytest.param([key_version(public_key="<b>")], id="no key"),
        pytest.param([{**key_version(), "public_key": None}], id="none stated"),
    ],
)
def test_without_the_key_nobody_knows(keys: list[Json]) -> None:
    """A signature is worth what its key is."""
    assert isinstance(signed(signature("a"), keys=keys).signed, Unknown)


@pytest.mark.parametrize("kind", ["weak", "another"])
def test_a_key_that_no_vault_makes_proves_nothing(kind: str) -> None:
    """A short key is anybody's to find, and an image is signed with RSA only."""
    made = rsa.generate_private_key(65537, 1024), ed25519.Ed25519PrivateKey.generate()
    odd = in_pem(made[kind == "another"].public_key())
    found = signed(signature("a"), keys=[key_version(public_key=odd)]).signed

    assert isinstance(found, Unknown)
    assert "no public RSA key" in found.reason


def test_of_several_keys_the_latest_is_asked() -> None:
    """The others leave it unknown, unless that one holds."""
    early, late = signature("a"), signature("a", version="2", made="2025-03-01T00:00:00Z")
    both = [key_version(), key_version("2")]

    assert signed(early, late, keys=both).signed is True
    refused = signed(early, late, keys=[key_version()]).signed
    assert isinstance(refused, Unknown)
    assert "several keys" in refused.reason


def test_a_repository_asks_for_its_signatures_once() -> None:
    """And for each key once; only what is signed asks for one."""
    found = found_in([image("a"), image("b"), image("c")], [signature("a"), signature("b")])

    assert [found.row(Artifact, name).signed for name in ("a", "b", "c")] == [True, True, False]
    assert len(found.asked("list_container_image_signatures")) == 1
    assert len(found.asked("get_key_version")) == 1
    assert len(found.asked("get_container_repository")) == 1


def test_what_is_refused_is_unknown() -> None:
    """Never untagged, never unsigned."""
    estate = registry([image("a")], [signature("a")])
    operations = ("get_container_image", "get_container_repository", "list_container_image_s.*")
    faults = [denied(rf"artifacts\..*{each}$") for each in operations]
    (row,) = collected(estate, *faults, kinds="oci.artifacts.image").of(Artifact)

    for value in (row.tags, row.size_bytes, row.index_of, row.mutable_tags, row.name, row.signed):
        assert isinstance(value, Unknown)
    assert row.digest == DIGEST
