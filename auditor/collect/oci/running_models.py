"""Rows of ``deployments``: what deployments of OCI Data Science serve, and what serves it.

A model is named by its id in the model catalogue, which states no hash of it. It is served by
Oracle's own software, or by a container whose image is named by a tag, and may be by a digest, too.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.digests import BY_TAG, digest_of, named_digest
from auditor.collect.oci.reading import maybe_text, moment, text
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Deployment, Maybe

_DETAILS = "item.modelDeploymentConfigurationDetails"
_ENVIRONMENT = f"{_DETAILS}.environmentConfigurationDetails"
_ORACLES, _OWN = "DEFAULT", "OCIR_CONTAINER"
_NO_DIGEST = Unknown("the model catalogue states no digest of a model")
_MAY_CHANGE = Unknown("whether the files of a model can be replaced is not in the answer")
_PERHAPS_CHECKED = Unknown("a signature is named for its image, and who checks it is not stated")


def model_runs(found: Found) -> Iterator[Deployment]:
    """Yield the model that a deployment serves, and the container that serves it, if it has one."""
    model = maybe_text(found, f"{_DETAILS}.modelConfigurationDetails.modelId")
    told: Mapping[str, Any] = {"image": model, "digest": _NO_DIGEST, "pinned": _MAY_CHANGE}
    yield _row(found, f"{text(found, 'item.id')}/model", kind="model", **told)
    kind = maybe_text(found, f"{_ENVIRONMENT}.environmentConfigurationType")
    if kind != _ORACLES:
        yield _container(found, kind)


def _container(found: Found, kind: Maybe[str]) -> Deployment:
    image, digest = _image(found, kind)
    pinned: Maybe[bool] = digest is not BY_TAG and (digest if isinstance(digest, Unknown) else True)
    return _row(
        found,
        f"{text(found, 'item.id')}/container",
        kind="container",
        image=image,
        digest=digest,
        pinned=pinned,
        signed=_is_signed(found) if kind == _OWN else pinned,
    )


def _image(found: Found, kind: Maybe[str]) -> tuple[Maybe[str], Maybe[str]]:
    if isinstance(kind, Unknown):
        return kind, kind
    if kind != _OWN:
        why = Unknown(f"what {kind[:40]} runs is not known to this version")
        return why, why
    image = maybe_text(found, f"{_ENVIRONMENT}.image")
    stated = maybe_text(found, f"{_ENVIRONMENT}.imageDigest", absent="")
    if isinstance(image, Unknown) or stated != "":
        return image, digest_of(stated or image)
    return image, named_digest(image)


def _is_signed(found: Found) -> Maybe[bool]:
    """Return that nothing checks signatures there, unless a signature is named."""
    named = found.read(f"{_ENVIRONMENT}.imageSignatureId", absent="")
    return named if isinstance(named, Unknown) else named != "" and _PERHAPS_CHECKED


def _row(found: Found, name: str, **columns: Any) -> Deployment:
    return Deployment(
        id=name,
        evidence=found.evidence,
        provider="oci",
        account=found.place["account"],
        region=found.place["region"],
        resource_id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        since=moment(found.read("item.timeCreated")),
        **columns,
    )
