"""Adds resources of services that describe theirs alike: active, with a name and an age."""

from collections.abc import Mapping

from auditor.demo.tenancy.builder import DATA, LONG_AGO, Builder, ocid
from auditor.model import Json

Tags = Mapping[str, Json]


def add_active(
    estate: Builder, region: str, model: str, kind: str, name: str, tags: Tags, /, **more: Json
) -> str:
    """Add a resource with a display name, and return its OCID.

    Args:
        model: 'module.Model'.
        kind: as it stands in the OCID.
    """
    return _add(estate, region, model, kind, name, {**tags, "display_name": name, **more})


def add_named(
    estate: Builder, region: str, model: str, kind: str, name: str, tags: Tags, /, **more: Json
) -> str:
    """Add a resource of a model that calls its display name a name, and return its OCID."""
    return _add(estate, region, model, kind, name, {**tags, "name": name, **more})


def _add(
    estate: Builder, region: str, model: str, kind: str, name: str, fields: Mapping[str, Json]
) -> str:
    module, _, plain = model.partition(".")
    common = {"compartment_id": DATA, "lifecycle_state": "ACTIVE", "time_created": LONG_AGO}
    id_ = ocid(kind, region, name)
    estate.add(region, module, plain, **{"id": id_, **common, **fields})
    return id_
