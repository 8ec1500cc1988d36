"""Images that functions run: one that is kept and signed, and one that nobody keeps."""

import base64
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from auditor.demo.builds import image_digest
from auditor.demo.oci.credentials import private_key
from auditor.demo.tenancy.active import add_active
from auditor.demo.tenancy.builder import (
    DATA,
    HOME,
    LONG_AGO,
    NAMESPACE,
    OPERATIONS,
    SECURITY,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_VAULT, _KEY = "northstar-ash", "releases"
_REGISTRY = f"ocir.{HOME}.oci.oraclecloud.com/{NAMESPACE}"
_ALGORITHM = "SHA_256_RSA_PKCS_PSS"


def _build(ground: Ground) -> None:
    estate = ground.estate
    key = estate.key(HOME, _VAULT, _KEY)
    _add_key_version(estate, key)
    repository = _add_repository(estate, "publisher")
    image = _add_image(estate, "publisher", repository)
    _add_signature(estate, image, repository, key)
    policy = {"is_policy_enabled": True, "key_details": [{"kms_key_id": key}]}
    _add_function(estate, "publisher", f"@{image_digest('publisher')}", image_policy_config=policy)
    _add_function(estate, "retired", ":latest")


def _add_key_version(estate: Builder, key: str) -> None:
    encoded = (
        private_key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    estate.add(
        HOME,
        "key_management",
        "KeyVersion",
        _host=f"{_VAULT}-management.kms.{HOME}.oraclecloud.com",
        _path={"keyId": key},
        id=_key_version(),
        key_id=key,
        compartment_id=SECURITY,
        vault_id=ocid("vault", HOME, _VAULT),
        public_key=encoded.decode(),
        lifecycle_state="ENABLED",
        time_created=LONG_AGO,
    )


def _key_version() -> str:
    return ocid("keyversion", HOME, f"{_VAULT}.{_KEY}")


def _add_repository(estate: Builder, name: str) -> str:
    made = "artifacts.ContainerRepository"
    return add_active(
        estate,
        HOME,
        made,
        "containerrepo",
        name,
        OPERATIONS,
        namespace=NAMESPACE,
        is_public=False,
        is_immutable=True,
        lifecycle_state="AVAILABLE",
        image_count=1,
        layer_count=1,
        layers_size_in_bytes=4096,
    )


def _add_image(estate: Builder, name: str, repository: str) -> str:
    layer = {"digest": image_digest("base"), "size_in_bytes": 4096, "time_created": LONG_AGO}
    kept: dict[str, Json] = {
        "digest": image_digest(name),
        "layers": [layer],
        "layers_size_in_bytes": 4096,
        "manifest_size_in_bytes": 512,
        "repository_id": repository,
        "repository_name": name,
        "version": "7",
        "versions": [{"version": "7", "time_created": LONG_AGO}],
        "lifecycle_state": "AVAILABLE",
    }
    made = "artifacts.ContainerImage"
    return add_active(estate, HOME, made, "containerimage", name, OPERATIONS, **kept)


def _add_signature(estate: Builder, image: str, repository: str, key: str) -> None:
    message = json.dumps({"imageDigest": image_digest("publisher"), "kmsKeyId": key}).encode()
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
    signed = private_key().sign(message, scheme, hashes.SHA256())
    estate.add(
        HOME,
        "artifacts",
        "ContainerImageSignature",
        _path={"repositoryId": repository},
        id=ocid("containersignature", HOME, "publisher"),
        compartment_id=DATA,
        display_name="publisher",
        image_id=image,
        kms_key_id=key,
        kms_key_version_id=_key_version(),
        message=base64.b64encode(message).decode(),
        signature=base64.b64encode(signed).decode(),
        signing_algorithm=_ALGORITHM,
        lifecycle_state="AVAILABLE",
        time_created=LONG_AGO,
    )


def _add_function(estate: Builder, name: str, tag: str, **more: Json) -> None:
    made = "functions.Application"
    held = add_active(estate, HOME, made, "fnapp", name, OPERATIONS, subnet_ids=[], **more)
    source = {
        "source_type": "CONTAINER_IMAGE",
        "image": f"{_REGISTRY}/{name}{tag}",
        "image_digest": image_digest(name),
    }
    told: dict[str, Json] = {"application_id": held, "memory_in_mbs": 128, "source_details": source}
    add_active(estate, HOME, "functions.Function", "fnfunc", name, OPERATIONS, **told)


# What must not pass is listed with the rest of what runs: whether anything vouches for an image is
# known only where provenance was read.
PLOT = Plot(build=_build)
