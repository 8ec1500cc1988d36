"""Log groups, and logs that are archived."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, collected
from tests.collect.oci.things import thing


def log(group: dict[str, Json], name: str, *, archived: bool | None) -> dict[str, Json]:
    """Return a log of a group."""
    configuration = {} if archived is None else {"archiving": {"is_enabled": archived}}
    more = {"log_group_id": group["id"], "log_type": "SERVICE", "is_enabled": True}
    return thing("log", name, configuration=configuration, **more)


def test_a_way_of_logs_is_known_or_unknown_by_group() -> None:
    """What is archived may be anywhere; logs that are refused may be archived."""
    app, web, hidden = (thing("loggroup", name) for name in ("app", "web", "hidden"))
    logs = [
        log(app, "kept", archived=None),
        log(app, "ended", archived=False),
        log(web, "sent", archived=True),
    ]
    found = collected(
        {"us-ashburn-1": {"logging": {"LogGroup": [app, web, hidden], "Log": logs}}},
        denied("logging.*list_logs", resource=str(hidden["id"])),
        kinds="oci.logging",
    )

    assert {store.name for store in found.of(Store)} == {"app", "web", "hidden"}
    assert {flow.store_id for flow in found.of(Flow)} == {web["id"], hidden["id"]}
    assert isinstance(found.row(Flow, "sent").target_country, Unknown)


def test_where_groups_may_not_be_seen_is_a_refusal() -> None:
    """Asked for a whole tenancy at once, a service may leave out where one may not look."""
    closed = denied("logging.*list_log_groups", compartment=DATA)
    found = collected(
        {"us-ashburn-1": {"logging": {"LogGroup": [thing("loggroup", "app")]}}},
        closed,
        kinds="oci.logging",
    )

    assert not found.of(Store)
    asked = found.asked("list_log_groups")
    assert {r.request.place["compartment"] for r in asked if not r.answer.outcome.known} == {DATA}
