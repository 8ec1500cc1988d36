"""Amazon Connect Customer Profiles: domains, where they send profiles, and what feeds them.

API: https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_GetDomain.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits, flow_from, to_buckets
from auditor.collect.aws.reading import (
    entries,
    maybe_text,
    optional_key,
    optional_text,
    size_in_bytes,
    tags_in,
    text,
)
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Store

_NAME = "domain.DomainName"


def _rows(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.DomainName")
    domain = store_of(
        found,
        id=arn("profile", found.place["region"], found.place["account"], f"domains/{name}"),
        name=name,
        kind="domain",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=optional_key(found, "domain.DefaultEncryptionKey", beside=_NAME),
        public=False,  # read with credentials of AWS only
        size_bytes=size_in_bytes(found, "domain.Stats.TotalSize"),
        created=maybe_text(found, "item.CreatedAt"),
        tags=tags_in(found.read("item.Tags", absent={})),
    )
    yield domain
    for matching in ("Matching", "RuleBasedMatching"):
        path = f"domain.{matching}.ExportingConfig.S3Exporting.S3BucketName"
        yield from to_buckets(domain, "export", [optional_text(found, path, beside=_NAME)])
    yield from _streams(domain, found.read("streams"))
    yield from _sources(found, domain)


def _streams(domain: Store, streams: Json) -> Iterator[Flow]:
    if isinstance(streams, Unknown):
        yield possible(domain, "stream", streams)
    running = [each for each in entries(streams) if each.get("State") != "STOPPED"]
    yield from exits(domain, "stream", [dig(each, "DestinationSummary.Uri") for each in running])


def _sources(found: Found, domain: Store) -> Iterator[Flow]:
    """Yield what feeds the domain; software of others is no store of ours."""
    sources = found.read("integrations")
    if isinstance(sources, Unknown):
        yield possible(domain, "sync", sources)
    names = (str(each.get("Uri") or "") for each in entries(sources))
    for name in dict.fromkeys(names):
        if name.startswith("arn:"):
            yield flow_from(found, name, "sync", domain.id, target_id=domain.id)


DOMAINS = Collector(
    kind="aws.profile.domain",
    service="customer-profiles",
    title="Customer Profiles domains",
    per=("account", "region"),
    listing=Listing(
        operation="ListDomains",
        permission="profile:ListDomains",
        parameters={"MaxResults": 100},
        items="Items",
    ),
    details=(
        Detail(
            name="domain",
            operation="GetDomain",
            permission="profile:GetDomain",
            bind={"DomainName": "item.DomainName"},
        ),
        Detail(
            name="streams",
            operation="ListEventStreams",
            permission="profile:ListEventStreams",
            parameters={"MaxResults": 100},
            bind={"DomainName": "item.DomainName"},
            items="Items",
        ),
        Detail(
            name="integrations",
            operation="ListIntegrations",
            permission="profile:ListIntegrations",
            parameters={"MaxResults": 100, "IncludeHidden": True},
            bind={"DomainName": "item.DomainName"},
            items="Items",
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("profile:domains",),
    source=(
        "https://docs.aws.amazon.com/customerprofiles/latest/APIReference/API_ListDomains.html"
    ),
)
