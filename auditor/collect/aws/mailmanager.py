"""SES Mail Manager: archives of mail, and relays to other mail servers.

API: https://docs.aws.amazon.com/sesmailmanager/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import to_outside
from auditor.collect.aws.reading import entries, maybe_text, optional_key, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor, Store

_BEFORE_WRITING = ("QUEUED", "PREPROCESSING", "FAILED", "CANCELLED")
_UNNAMED = Unknown("the list of exports does not name the buckets that received them")


def _relay(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.RelayId")
    place = (found.place["region"], found.place["account"])
    relay = processor_of(
        found,
        id=arn("ses", *place, f"mailmanager-smtp-relay/{name}"),
        name=text(found, "item.RelayName"),
        kind="relay",
        public=False,  # rules of its owner use it
    )
    yield relay
    server = maybe_text(found, "relay.ServerName")
    if isinstance(server, Unknown):
        yield possible(relay, "export", server)
    else:
        yield to_outside(relay, "export", server)


def _archive(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.ArchiveId")
    place = (found.place["region"], found.place["account"])
    archive = store_of(
        found,
        id=arn("ses", *place, f"mailmanager-archive/{name}"),
        name=text(found, "item.ArchiveName"),
        kind="archive",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=optional_key(found, "archive.KmsKeyArn", beside="archive.ArchiveId"),
        public=False,  # searched with credentials of AWS only
        created=maybe_text(found, "archive.CreatedTimestamp"),
    )
    yield archive
    exports = found.read("exports")
    if isinstance(exports, Unknown):
        yield possible(archive, "export", exports)
    if any(map(_has_written, entries(exports))):
        yield flow(
            archive,
            "export",
            "buckets",
            target_id=_UNNAMED,
            target_account=_UNNAMED,
            target_region=_UNNAMED,
            target_country=_UNNAMED,
            target_operator=_UNNAMED,
        )


def _has_written(export: Mapping[str, Json]) -> bool:
    return dig(export, "Status.State") not in _BEFORE_WRITING


_SOURCE = "https://docs.aws.amazon.com/sesmailmanager/latest/APIReference/"

RELAYS = Collector(
    kind="aws.ses.relay",
    service="mailmanager",
    title="Mail Manager relays",
    per=("account", "region"),
    listing=Listing(
        operation="ListRelays",
        permission="ses:ListRelays",
        parameters={"PageSize": 50},
        items="Relays",
    ),
    details=(
        Detail(
            name="relay",
            operation="GetRelay",
            permission="ses:GetRelay",
            bind={"RelayId": "item.RelayId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_relay,
    types=("ses:mailmanager-smtp-relay",),
    source=f"{_SOURCE}API_ListRelays.html",
)

ARCHIVES = Collector(
    kind="aws.ses.archive",
    service="mailmanager",
    title="Mail Manager archives",
    per=("account", "region"),
    listing=Listing(
        operation="ListArchives",
        permission="ses:ListArchives",
        parameters={"PageSize": 50},
        items="Archives",
    ),
    details=(
        Detail(
            name="archive",
            operation="GetArchive",
            permission="ses:GetArchive",
            bind={"ArchiveId": "item.ArchiveId"},
        ),
        Detail(
            name="exports",
            operation="ListArchiveExports",
            permission="ses:ListArchiveExports",
            parameters={"PageSize": 50},
            bind={"ArchiveId": "item.ArchiveId"},
            items="Exports",
        ),
    ),
    tables=(Store, Flow),
    rows=_archive,
    types=("ses:mailmanager-archive",),
    source=f"{_SOURCE}API_ListArchives.html",
)
