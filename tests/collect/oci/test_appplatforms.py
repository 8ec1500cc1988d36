"""Platforms of applications and their copies elsewhere."""

from auditor.model import Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import named, thing


def test_content_is_copied_to_the_region_that_it_names() -> None:
    """An instance that names none has no copy; an odd region is of no known country."""
    instances = [
        named("oceinstance", "alone"),
        named("oceinstance", "copied", dr_region="eu-frankfurt-1"),
        named("oceinstance", "odd", dr_region="../x"),
    ]
    found = collected(
        {"us-ashburn-1": {"oce": {"OceInstance": instances}}}, kinds="oci.contentmanagement"
    )

    assert found.row(Flow, "copied/replication/eu-frankfurt-1").target_country == "DE"
    assert isinstance(found.row(Flow, "odd/replication/../x").target_country, Unknown)
    assert len(found.of(Flow)) == 2


def test_an_assistant_that_was_deleted_keeps_nothing() -> None:
    assistants = [thing("odainstance", "helper")]
    assistants.append(thing("odainstance", "gone", lifecycle_state="DELETED"))
    found = collected(
        {"us-ashburn-1": {"oda": {"OdaInstance": assistants}}}, kinds="oci.digitalassistant"
    )

    assert [each.name for each in found.of(Store)] == ["helper"]
