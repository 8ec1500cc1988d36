"""Flows that their end tells of."""

import pytest

from auditor.collect.oci.arrivals import arrival, to_standby, unseen_copies
from auditor.model import Unknown
from auditor.tables import UNJOINED, Maybe, Processor, Store

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


def primary(country: Maybe[str]) -> Store:
    """Return a database in a country."""
    return Store(
        id="db",
        name="db",
        provider="oci",
        operator="Oracle",
        account="ours",
        region="us-ashburn-1",
        country=country,
        service="database",
        kind="database",
        backup=False,
        encrypted=True,
        key_id="",
        public=False,
        locked=False,
        size_bytes=1,
        created="",
        tags={"a": "b"},
    )


def test_a_standby_is_where_its_ocid_says_if_the_primary_is() -> None:
    """Where machines stand elsewhere, the region only answers for them: the row must tell."""
    target = "ocid1.database.oc1.eu-frankfurt-1.s"
    there, somewhere = (to_standby(primary(each), target) for each in ("US", Unknown("at a site")))

    assert (there.target_country, there.target_account) == ("DE", "ours")
    assert (somewhere.target_id, somewhere.target_country) == (target, UNJOINED)


def test_copies_that_could_not_be_listed_may_exist() -> None:
    """Where they would be and of what is known, and nothing else."""
    row = unseen_copies(primary("US"), "replica", Unknown("denied"))

    assert (row.id, row.country, row.source_id, row.backup) == ("db/replica/?", "US", "db", True)
    assert isinstance(row.key_id, Unknown)
    assert isinstance(row.tags, Unknown)
