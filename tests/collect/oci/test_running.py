"""What functions and instances run."""

import base64

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Deployment
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing

DIGEST = "sha256:" + "ab" * 32


def functions(application_has: dict[str, Json] | None = None, **source: Json) -> Deployment:
    """Return what the only function runs."""
    application = thing("fnapp", "app", subnet_ids=[], **(application_has or {}))
    given = {"source_details": source} if source else {}
    function = thing("fnfunc", "f", application_id=application["id"], memory_in_mbs=128, **given)
    answers = {"functions": {"Application": [application], "Function": [function]}}
    (row,) = collected({"us-ashburn-1": answers}, kinds="oci.functions").of(Deployment)
    return row


def test_a_function_runs_the_digest_that_its_tag_had() -> None:
    row = functions(source_type="CONTAINER_IMAGE", image="iad.ocir.io/t/a:1", image_digest=DIGEST)

    assert (row.kind, row.image, row.digest) == ("function", "iad.ocir.io/t/a:1", DIGEST)
    assert row.pinned is False


def test_an_odd_digest_is_none() -> None:
    row = functions(source_type="CONTAINER_IMAGE", image=f"a@{DIGEST}", image_digest="<b>")

    assert isinstance(row.digest, Unknown)
    assert row.pinned is True


def test_an_archive_is_told_by_its_hash() -> None:
    """Oracle Cloud states it in base64; what was handed over stays until another is."""
    hashed = base64.b64encode(bytes.fromhex("ab" * 32)).decode()
    row = functions(source_type="ARCHIVE", handler="a.b", source_code_sha256=hashed)

    assert (row.image, row.digest, row.pinned, row.signed) == ("", DIGEST, True, False)
    assert isinstance(functions(source_type="ARCHIVE", handler="a.b").digest, Unknown)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        pytest.param({}, False, id="none"),
        pytest.param({"image_policy_config": {"is_policy_enabled": False}}, False, id="off"),
        pytest.param(
            {"image_policy_config": {"is_policy_enabled": True, "key_details": []}}, True, id="on"
        ),
    ],
)
def test_an_application_takes_signed_images_where_its_policy_says_so(
    policy: dict[str, Json], expected: bool
) -> None:
    row = functions(policy, source_type="CONTAINER_IMAGE", image="a:1", image_digest=DIGEST)

    assert row.signed is expected


def test_a_policy_for_images_checks_no_archive() -> None:
    """What it means for one is not documented."""
    policy: dict[str, Json] = {"image_policy_config": {"is_policy_enabled": True}}

    assert isinstance(functions(policy, source_type="ARCHIVE", handler="a.b").signed, Unknown)


def test_a_refused_application_may_check() -> None:
    application = thing("fnapp", "app", subnet_ids=[])
    function = thing("fnfunc", "f", application_id=application["id"], memory_in_mbs=128)
    answers = {"functions": {"Application": [application], "Function": [function]}}
    refusal = denied("functions.*get_application")

    (row,) = collected({"us-ashburn-1": answers}, refusal, kinds="oci.functions").of(Deployment)

    assert isinstance(row.signed, Unknown)


def test_a_function_of_another_source_runs_something() -> None:
    row = functions(source_type="PRE_BUILT_FUNCTIONS", pbf_listing_id="ocid1.pbflisting.oc1..x")

    assert isinstance(row.digest, Unknown)
    assert isinstance(functions().digest, Unknown)


def test_functions_that_are_not_listed_run_something() -> None:
    application = thing("fnapp", "app", subnet_ids=[])
    answers = {"functions": {"Application": [application]}}
    refusal = denied("functions.*list_functions", resource=str(application["id"]))

    (row,) = collected({"us-ashburn-1": answers}, refusal, kinds="oci.functions").of(Deployment)

    assert isinstance(row.digest, Unknown)


def test_a_container_has_a_digest_only_if_it_names_one() -> None:
    more = {"availability_domain": "Uocm:IAD-AD-1", "container_instance_id": "ocid1.x.oc1.iad.i"}
    pinned = thing("computecontainer", "a", image_url=f"a@{DIGEST}", **more)
    tagged = thing("computecontainer", "b", image_url="b:1", **more)
    answers = {"container_instances": {"Container": [pinned, tagged]}}

    found = collected({"us-ashburn-1": answers}, kinds="oci.containerinstances")
    one, two = sorted(found.of(Deployment), key=lambda row: str(row.name))

    assert (one.kind, one.digest, one.pinned) == ("container", DIGEST, True)
    assert isinstance(two.digest, Unknown)
    assert two.pinned is False
