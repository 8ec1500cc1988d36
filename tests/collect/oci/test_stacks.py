"""Stacks and the buckets that their source is in."""

from auditor.collect.oci.objectstorage import bucket_id
from auditor.demo.oci.faults import denied
from auditor.model import Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing

SECRET = "hunter2"


def test_a_stack_is_fed_by_the_bucket_that_it_names() -> None:
    """In any region; its variables may be passwords, and are not kept."""
    source = {
        "config_source_type": "OBJECT_STORAGE_CONFIG_SOURCE",
        "region": "eu-frankfurt-1",
        "namespace": "acme",
        "bucket_name": "terraform",
    }
    stacks = [
        thing("ormstack", "network", config_source=source, variables={"password": SECRET}),
        thing("ormstack", "plain", config_source={"config_source_type": "ZIP_UPLOAD"}),
        thing("ormstack", "hidden", config_source=source),
    ]
    found = collected(
        {"us-ashburn-1": {"resource_manager": {"Stack": stacks}}},
        denied("resource_manager.*get_stack", resource=str(stacks[2]["id"])),
        kinds="oci.resourcemanager",
    )
    flow = found.row(Flow, "network")

    assert flow.store_id == bucket_id("eu-frankfurt-1", "acme", "terraform")
    assert (flow.region, flow.target_country) == ("eu-frankfurt-1", "US")
    assert len(found.of(Store)) == 3
    assert all(isinstance(each.active, Unknown) for each in found.of(Flow) if "?" in each.id)
    assert SECRET not in repr(found.records)
