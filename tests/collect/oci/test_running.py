"""What functions and instances run."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Deployment
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing

DIGEST = "sha256:" + "ab" * 32


def functions(**source: Json) -> Deployment:
    """Return what the only function runs."""
    application = thing("fnapp", "app", subnet_ids=[])
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
