"""Keys of Amazon's that encrypt databases of Oracle's."""

from auditor.model import Json, Unknown
from auditor.tables import Key
from tests.collect.oci.simulated import DATA, collected


def key(name: str, **more: Json) -> dict[str, Json]:
    """Return a key that Oracle registered."""
    return {
        "id": f"ocid1.oracledbawskey.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def test_a_key_of_amazons_is_held_there() -> None:
    """Who may use it is Amazon's to say; without its account there is nothing to judge."""
    copies = {"replication_details": [{"target_region": "eu-frankfurt-1"}]}
    keys = [
        key("known", aws_account_id="123456789012", location="us-east-1", is_aws_key_enabled=True),
        key("copied", aws_account_id="123456789012", replication_metadata=copies),
        key("bare"),
    ]
    found = collected(
        {"us-ashburn-1": {"dbmulticloud": {"OracleDbAwsKey": keys}}}, kinds="oci.multicloudkeys"
    )

    known, copied = found.row(Key, "known"), found.row(Key, "copied")
    assert len(found.of(Key)) == 2
    assert (known.operator, known.account) == ("Amazon Web Services", "123456789012")
    assert (known.custody, known.enabled) == ("external", True)
    assert isinstance(known.replica_regions, Unknown)
    assert isinstance(known.country, Unknown)
    assert "us-east-1" in known.country.reason
    assert copied.replica_regions == ("eu-frankfurt-1",)
    assert isinstance(copied.replica_countries, Unknown)
