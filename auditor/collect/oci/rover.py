"""OCI Roving Edge: devices with data on them that are sent to an address.

A device is in no region, and in the hands of whoever ordered it. One of a cluster was sent where
its cluster was. What is read of both for the address also carries passwords, which are digested.
"""

from collections.abc import Iterator, Mapping

from auditor.collect.oci.departures import flow_from, possible_from
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, held_by, maybe_text, text
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_HOLDER = "whoever holds the device"
_COUNTRY_CODE = 2  # letters
_MOVES = Unknown("a device is in no region")
_SIZE = Unknown("the answer does not state how much is on the device")
_ENCRYPTION = Unknown("the answer does not state how what is on the device is encrypted")
_RETURNED = ("node.timeCustomerReturned", "cluster.timeCustomerReturned")
_SECRET = (
    "superUserPassword",
    "unlockPassphrase",
    "imageExportPar",
    "dataValidationCode",
    "returnShippingLabelUri",
    "pointOfContact",
    "pointOfContactPhoneNumber",
)


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    place = {"region": _MOVES, "country": _country(found), "operator": _HOLDER}
    store = Store(
        **{**held_by(found), **place},
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="rover",
        kind="device",
        backup=False,
        encrypted=_ENCRYPTION,
        key_id=_ENCRYPTION,
        public=False,
        locked=False,
        size_bytes=_SIZE,
    )
    yield store
    workloads = found.read("node.nodeWorkloads", absent=[])
    if isinstance(workloads, Unknown):
        yield possible_from(found, f"{store.id}/workloads", "export", workloads)
    for workload in entries(workloads):
        yield _loading(found, store, workload)


def _loading(found: Found, store: Store, workload: Mapping[str, Json]) -> Flow:
    """Return the flow by which a bucket or an image came onto the device."""
    source = str(workload.get("id", ""))
    return flow_from(found, source, "export", store.id, name=store.id)


def _country(found: Found) -> Maybe[str]:
    """Return the country that the device was sent to, if the address has a code for it."""
    if any(found.read(path, absent=None) for path in _RETURNED):
        return Unknown("the device was sent back, and where it is now is not stated")
    country = maybe_text(found, "node.customerShippingAddress.country")
    if isinstance(country, Unknown) and text(found, "item.clusterId"):
        country = maybe_text(found, "cluster.customerShippingAddress.country")
    if isinstance(country, Unknown):
        return country
    if len(country) == _COUNTRY_CODE and country.isascii() and country.isalpha():
        return country.upper()
    return Unknown(f"the device was sent to {country!r}, which is no code of a country")


NODES = Collector(
    kind="oci.rover.node",
    service="rover.RoverNodeClient",
    title="Roving Edge devices",
    per=PER_COMPARTMENT,
    listing=Listing(
        operation="list_rover_nodes",
        permission="inspect rover-nodes",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.compartment"},
        items="items",
    ),
    details=(
        Detail(
            name="node",
            operation="get_rover_node",
            permission="read rover-nodes",
            bind={"rover_node_id": "item.id"},
            secrets=_SECRET,
        ),
        Detail(
            name="cluster",
            service="rover.RoverClusterClient",
            operation="get_rover_cluster",
            shared=True,
            permission="read rover-clusters",
            bind={"rover_cluster_id": "item.clusterId"},
            when="item.clusterId",
            secrets=(*_SECRET, "exteriorDoorCode", "interiorAlarmDisarmCode"),
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    source="https://docs.oracle.com/en-us/iaas/api/#/en/rover/20201210/RoverNode/ListRoverNodes",
)
