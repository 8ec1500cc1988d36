"""The audit log that Oracle keeps."""

from auditor.demo.oci.faults import denied
from auditor.model import Outcome, Unknown
from auditor.tables import Trail
from tests.collect.oci.simulated import TENANCY, collected


def test_the_log_is_oracles_and_covers_everything() -> None:
    """Only its retention is the customer's to choose."""
    (trail,) = collected({}, kinds="oci.audit").of(Trail)

    assert (trail.account, trail.logging, trail.all_regions) == (TENANCY, True, True)
    assert (trail.retention_days, trail.destination_id) == (365, "")
    assert isinstance(trail.integrity, Unknown)


def test_denied_leaves_a_gap() -> None:
    """No row says that the log is kept long enough."""
    found = collected({}, denied(".*get_configuration"), kinds="oci.audit")

    assert found.of(Trail) == []
    (record,) = found.asked("get_configuration")
    assert record.answer.outcome is Outcome.DENIED
