"""What deployments of Data Science serve, and what serves it."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Deployment
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing

MODEL = "ocid1.datasciencemodel.oc1.iad.ranking"
DIGEST = "sha256:" + "ab" * 32


def served(**environment: Json) -> list[Deployment]:
    """Return what the only deployment runs: its container first, if it has one."""
    details: dict[str, Json] = {
        "deployment_type": "SINGLE_MODEL",
        "model_configuration_details": {"model_id": MODEL},
    }
    if environment:
        details["environment_configuration_details"] = environment
    made = thing(
        "datasciencemodeldeployment", "served", model_deployment_configuration_details=details
    )
    estate = {"us-ashburn-1": {"data_science": {"ModelDeployment": [made]}}}
    found = collected(estate, kinds="oci.datascience.deployment")
    return sorted(found.of(Deployment), key=lambda row: row.kind)


def contained(**more: Json) -> Deployment:
    """Return the container of a deployment with one."""
    row, _ = served(
        environment_configuration_type="OCIR_CONTAINER", image="iad.ocir.io/a:1", **more
    )
    return row


def test_a_model_is_named_and_has_no_digest() -> None:
    """Oracle's own software serves it."""
    (row,) = served(environment_configuration_type="DEFAULT")

    assert (row.kind, row.image) == ("model", MODEL)
    assert isinstance(row.digest, Unknown)
    assert isinstance(row.pinned, Unknown)


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"image_digest": DIGEST}, id="beside the image"),
        pytest.param({"image": f"iad.ocir.io/a@{DIGEST}"}, id="in its name"),
    ],
)
def test_a_container_is_told_by_a_digest_where_one_is_named(environment: dict[str, Json]) -> None:
    told = {"environment_configuration_type": "OCIR_CONTAINER", "image": "a:1", **environment}
    row, _ = served(**told)

    assert (row.kind, row.digest, row.pinned, row.signed) == ("container", DIGEST, True, False)


def test_a_tag_is_no_digest() -> None:
    row = contained()

    assert (row.image, row.pinned) == ("iad.ocir.io/a:1", False)
    assert isinstance(row.digest, Unknown)


def test_nobody_says_who_checks_a_signature_that_is_named() -> None:
    assert isinstance(contained(image_signature_id="ocid1.containersignature.x").signed, Unknown)


def test_what_is_not_stated_may_be_a_container() -> None:
    """An environment that is left out is not known to be Oracle's."""
    row, _ = served()

    assert row.kind == "container"
    assert isinstance(row.image, Unknown)
    assert isinstance(row.signed, Unknown)
