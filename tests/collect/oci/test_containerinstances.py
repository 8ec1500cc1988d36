"""Container instances."""

from auditor.tables import Processor
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def test_an_instance_works_on_data_where_it_is() -> None:
    """A deleted one does not."""
    more = {"availability_domain": "Uocm:FRA-AD-1", "container_count": 1, "shape": "CI.Standard"}
    instances = [
        thing("computecontainerinstance", "worker", **more),
        thing("computecontainerinstance", "gone", **{**more, "lifecycle_state": "DELETED"}),
    ]
    found = collected(
        {"eu-frankfurt-1": {"container_instances": {"ContainerInstance": instances}}},
        kinds="oci.containerinstances",
    )
    (row,) = found.of(Processor)

    assert (row.name, row.country) == ("worker", "DE")
