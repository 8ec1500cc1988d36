"""Keys and Sigstore instances that an audit trusts to vouch for builds."""

from collections.abc import Iterator

from auditor.spec import Collector, Found, Listing
from auditor.tables import TrustRoot


def _rows(found: Found) -> Iterator[TrustRoot]:
    kind, name = str(found.read("item.kind")), str(found.read("item.name"))
    yield TrustRoot(
        id=f"{found.place['target']}/{kind}/{name}",
        evidence=found.evidence,
        kind=kind,
        name=name,
        content=found.read("item.content"),
    )


ROOTS = Collector(
    kind="provenance.roots.root",
    service="roots",
    title="keys and Sigstore instances that are trusted",
    per=(),
    parent=Listing(operation="list_roots", permission="", items="roots"),
    listing=Listing(operation="read_root", permission="", bind={"root": "parent.root"}),
    tables=(TrustRoot,),
    rows=_rows,
    source="https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto",
)
