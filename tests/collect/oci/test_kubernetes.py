"""Kubernetes clusters."""

from auditor.model import Unknown
from auditor.tables import Deployment, Processor
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import named


def test_a_cluster_works_on_data_where_it_is() -> None:
    """A deleted one does not."""
    clusters = [
        named("cluster", "apps", metadata={"time_created": "2025-02-01T00:00:00Z"}),
        named("cluster", "gone", lifecycle_state="DELETED"),
    ]
    for each in clusters:
        del each["time_created"]
    found = collected(
        {"eu-frankfurt-1": {"container_engine": {"Cluster": clusters}}}, kinds="oci.oke"
    )
    (row,) = found.of(Processor)

    assert (row.name, row.country, row.created) == ("apps", "DE", "2025-02-01T00:00:00.000Z")


def test_what_a_cluster_runs_is_not_known() -> None:
    """Whether its nodes take only signed images is; by default they take any."""
    clusters = [
        named("cluster", "signed", image_policy_config={"is_policy_enabled": True}),
        named("cluster", "open"),
    ]
    for each in clusters:
        del each["time_created"]
    found = collected(
        {"eu-frankfurt-1": {"container_engine": {"Cluster": clusters}}}, kinds="oci.oke"
    )
    signed, other = sorted(found.of(Deployment), key=lambda row: str(row.name), reverse=True)

    assert (signed.kind, signed.signed) == ("cluster", True)
    assert isinstance(signed.digest, Unknown)
    assert other.signed is False
