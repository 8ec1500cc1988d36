"""Queues and their keys."""

from auditor.demo.oci.faults import denied
from auditor.model import Unknown
from auditor.tables import Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing

KEY = "ocid1.key.oc1.iad.k"


def test_a_queue_states_its_key_only_when_asked_for_by_itself() -> None:
    """Left out, the key is Oracle's; refused, it is unknown."""
    queues = [
        thing("queue", "keyed", custom_encryption_key_id=KEY),
        thing("queue", "plain"),
        thing("queue", "hidden"),
    ]
    found = collected(
        {"eu-frankfurt-1": {"queue": {"Queue": queues}}},
        denied("queue.*get_queue", resource=str(queues[2]["id"])),
        kinds="oci.queue",
    )

    assert found.row(Store, "keyed").key_id == KEY
    assert found.row(Store, "plain").key_id == ""
    assert isinstance(found.row(Store, "hidden").key_id, Unknown)
    assert found.row(Store, "plain").country == "DE"
