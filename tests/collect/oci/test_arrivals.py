"""Flows that their end tells of."""

import pytest

from auditor.collect.oci.arrivals import arrival
from auditor.model import Unknown
from auditor.tables import Processor

END = Processor(
    id="end",
    evidence=(3,),
    name="end",
    provider="oci",
    operator="Oracle",
    account="ours",
    region="eu-frankfurt-1",
    country="DE",
    service="x",
    kind="x",
    public=False,
    created="",
    tags={},
)


def test_it_leaves_the_source_and_ends_here() -> None:
    """The source's OCID says where that is."""
    flow = arrival(END, "ocid1.x.oc1.iad.source", "copy")

    assert flow.id == "ocid1.x.oc1.iad.source/copy/end"
    assert (flow.store_id, flow.region) == ("ocid1.x.oc1.iad.source", "us-ashburn-1")
    assert (flow.target_id, flow.target_country, flow.target_operator) == ("end", "DE", "Oracle")
    assert flow.evidence == (3,)


@pytest.mark.parametrize("source", ["", "source"])
def test_a_source_without_a_region_is_somewhere(source: str) -> None:
    """A name that is no OCID names no region."""
    assert isinstance(arrival(END, source, "copy").region, Unknown)
    assert arrival(END, source, "copy", region="us-phoenix-1").region == "us-phoenix-1"
