"""What carries data to a region that it names."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def test_only_the_sender_of_two_pipelines_tells_of_their_copy() -> None:
    """A pipeline of a direction that is not known may send."""
    away: dict[str, Json] = {"peering_region": "eu-frankfurt-1"}
    pipelines = [
        thing("gdppipeline", "out", pipeline_type="SENDER", **away),
        thing("gdppipeline", "in", pipeline_type="RECEIVER", **away),
        thing("gdppipeline", "odd", **away),
    ]
    found = collected(
        {"us-ashburn-1": {"gdp": {"GdpPipeline": pipelines}}}, kinds="oci.guardedpipelines"
    )

    assert found.row(Flow, "out/copy/peer").active is True
    assert found.row(Flow, "out/copy/peer").target_country == "DE"
    assert isinstance(found.row(Flow, "odd/copy/peer").active, Unknown)
    assert len(found.of(Flow)) == 2


def test_a_fleet_is_exported_to_a_bucket_of_another_region() -> None:
    """A fleet without export goes nowhere; where a setting is refused, it may go anywhere."""
    far, hidden = (
        thing("jmsfleet", name, is_export_setting_enabled=True) for name in ("far", "hidden")
    )
    here = thing("jmsfleet", "here", is_export_setting_enabled=False)
    settings: list[dict[str, Json]] = [
        {
            "_path": {"fleetId": fleet["id"]},
            "export_setting_key": "k",
            "fleet_id": fleet["id"],
            "target_bucket_name": "fleet",
            "target_bucket_namespace": "acme",
            "target_bucket_region": "eu-frankfurt-1",
        }
        for fleet in (far, hidden)
    ]
    found = collected(
        {"us-ashburn-1": {"jms": {"Fleet": [far, hidden, here], "ExportSetting": settings}}},
        denied("jms.*get_export_setting", resource=str(hidden["id"])),
        kinds="oci.jms",
    )

    way = found.row(Flow, "far/export/export")
    assert way.target_id == "oci:objectstorage:eu-frankfurt-1:acme/fleet"
    assert isinstance(found.row(Flow, "hidden/export/export").target_id, Unknown)
    assert len(found.of(Flow)) == 2


def test_a_stack_asks_models_of_the_regions_that_it_names() -> None:
    stacks = [
        thing("difstack", "wide", genai=[{"oci_region": "eu-frankfurt-1"}, {"unit_count": 1}]),
        thing("difstack", "plain"),
    ]
    found = collected(
        {"us-ashburn-1": {"dif": {"Stack": stacks}}}, kinds="oci.intelligencefoundation"
    )

    assert found.row(Flow, "wide/inference/eu-frankfurt-1").target_country == "DE"
    assert isinstance(found.row(Flow, "wide/inference/?").target_country, Unknown)
    assert len(found.of(Flow)) == 2
