"""Files that apps or services fetch while they run: feature flags, configuration and models.

Whoever runs the audit fetched them from where they are served. Whether what fetches them checks a
digest, no file can tell.
"""

from collections.abc import Iterator

from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Deployment

_UNSEEN = Unknown("nobody has looked whether what fetches it names a digest")


def _rows(found: Found) -> Iterator[Deployment]:
    name = str(found.read("item.name"))
    row = f"served/{found.place['target']}/{name}"
    yield Deployment(
        id=row,
        evidence=found.evidence,
        provider="files",
        account=found.place["target"],
        kind=str(found.read("item.kind")),
        resource_id=str(found.read("item.address")) or row,
        name=name,
        image="",
        digest=found.read("item.digest"),
        pinned=_UNSEEN,
    )


SERVED = Collector(
    kind="provenance.served.file",
    service="served",
    title="files that are served: feature flags, configuration and models",
    per=(),
    parent=Listing(operation="list_served", permission="", items="served"),
    listing=Listing(operation="read_served", permission="", bind={"served": "parent.served"}),
    option="served",
    tables=(Deployment,),
    rows=_rows,
    source="https://csrc.nist.gov/pubs/fips/180-4/upd1/final",
)
