"""Big Data clusters and the buckets that they reach."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def key(cluster: dict[str, Json], name: str, region: str, state: str) -> dict[str, Json]:
    """Return a key by which a cluster reaches buckets."""
    path = {"bdsInstanceId": cluster["id"]}
    made = {"id": name, "key_alias": name, "default_region": region, "lifecycle_state": state}
    return {"_path": path, **made}


def test_a_cluster_reaches_buckets_of_the_region_of_its_keys() -> None:
    """A key that was deleted reaches none; keys that are refused may reach any."""
    hadoop, hidden = (thing("bigdataservice", name) for name in ("hadoop", "hidden"))
    keys = [
        key(hadoop, "away", "eu-frankfurt-1", "ACTIVE"),
        key(hadoop, "old", "eu-frankfurt-1", "DELETED"),
    ]
    found = collected(
        {"us-ashburn-1": {"bds": {"BdsInstance": [hadoop, hidden], "BdsApiKey": keys}}},
        denied("bds.*list_bds_api_keys", resource=str(hidden["id"])),
        kinds="oci.bigdata",
    )

    assert found.row(Flow, "hadoop/sync/away").target_country == "DE"
    assert isinstance(found.row(Flow, "hidden/sync/?").target_country, Unknown)
    assert len(found.of(Flow)) == 2
    assert found.row(Store, "hadoop").key_id == ""
