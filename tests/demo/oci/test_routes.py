"""The whole SDK's routes: all are derived, none collide."""

import re
from collections import defaultdict

import pytest

from auditor.demo.oci.routes import Route, routes_of
from auditor.demo.oci.sdk import addresses, clients, clients_of, host_pattern
from auditor.demo.oci.shapes import envelope


def test_every_get_of_the_sdk_has_a_route_of_its_own() -> None:
    """No two reads of clients at the same address have the same path."""
    seen: dict[tuple[str, str], list[str]] = defaultdict(list)
    written = 0
    for client in clients():
        source = client.source.read_text(encoding="utf-8")
        written += source.count('method = "GET"')
        for route in routes_of(client):
            for template in client.templates if client.regional else (client.name,):
                seen[template, route.shape].append(route.name)
    derived = {name for names in seen.values() for name in names}
    routes = {r.name: r for client in clients() for r in routes_of(client)}
    assert [names for names in seen.values() if len(names) > 1] == []
    assert len(derived) >= written > 3000
    assert all(route.path.startswith("/") for route in routes.values())


def test_every_route_is_read_whole() -> None:
    """A change in how clients are written must not lose parameters or answers without a word."""
    asked = answered = 0
    for client in clients():
        source = client.source.read_text(encoding="utf-8")
        for read in re.findall(r'        method = "GET"\n.*?(?=\n    def |\Z)', source, re.DOTALL):
            asked += "query_params = {" in read
            answered += "response_type=" in read
    routes = [route for client in clients() for route in routes_of(client)]
    reads = [route for route in routes if route.method == "GET"]
    assert (sum(bool(r.query) for r in reads), sum(bool(r.response) for r in reads)) == (
        asked,
        answered,
    )


def by_name(module: str, operation: str) -> Route:
    """Return a route by its operation."""
    return next(r for c in clients_of(module) for r in routes_of(c) if r.operation == operation)


def test_a_route_says_what_the_client_says() -> None:
    """Path, query parameters, list separator and answer are the generated client's."""
    route = by_name("object_storage", "list_buckets")
    assert route.name == "object_storage.ObjectStorageClient.list_buckets"
    assert (route.method, route.path) == ("GET", "/n/{namespaceName}/b")
    assert dict(route.query) == {"compartmentId": "", "limit": "", "page": "", "fields": ","}
    assert route.response == "list[BucketSummary]"
    assert by_name("identity", "get_tenancy").path == "/20160918/tenancies/{tenancyId}"


def test_envelopes_of_answers() -> None:
    """Bare lists, wrapped lists and single objects are told apart."""
    bare = envelope("object_storage", "list[BucketSummary]")
    wrapped = envelope("object_storage", "RetentionRuleCollection")
    single = envelope("object_storage", "Bucket")
    assert bare is not None
    assert (bare.element, bare.many, bare.key) == ("BucketSummary", True, "")
    assert wrapped is not None
    assert (wrapped.element, wrapped.many, wrapped.key) == ("RetentionRuleSummary", True, "items")
    assert single is not None
    assert (single.element, single.many) == ("Bucket", False)
    assert envelope("object_storage", "stream") is None


@pytest.mark.parametrize(
    ("host", "client", "region"),
    [
        ("objectstorage.eu-frankfurt-1.oraclecloud.com", "ObjectStorageClient", "eu-frankfurt-1"),
        (
            "a.objectstorage.us-ashburn-1.oci.customer-oci.com",
            "ObjectStorageClient",
            "us-ashburn-1",
        ),
        ("IAAS.us-ashburn-1.oraclecloud.com", "BlockstorageClient", "us-ashburn-1"),
        ("identity.us-langley-1.oci.oraclegovcloud.com", "IdentityClient", "us-langley-1"),
    ],
)
def test_hosts_name_their_clients(host: str, client: str, region: str) -> None:
    """Hosts of any realm lead to the clients whose templates they fit."""
    found = [a for a in addresses(host) if a.client.name == client]
    assert [address.region for address in found] == [region]


@pytest.mark.parametrize(
    "host",
    [
        "",
        "objectstorage.us-east-1.oraclecloud.com",
        "objectstorage.us-ashburn-1.oraclegovcloud.com",
        "iaas.us-ashburn-1.oraclecloud.com.evil.example",
    ],
)
def test_other_hosts_name_nobody(host: str) -> None:
    """Unknown regions and look-alike domains are no hosts of Oracle Cloud."""
    assert addresses(host) == ()


def test_templates_may_have_choices() -> None:
    """A dual-stack template fits both of its spellings and nothing between."""
    pattern = host_pattern("https://x.{region}.{dualStack?ds.:}oci.{secondLevelDomain}")
    assert pattern.fullmatch("x.us-ashburn-1.oci.oraclecloud.com")
    assert pattern.fullmatch("x.us-ashburn-1.ds.oci.oraclecloud.com")
    assert not pattern.fullmatch("x.us-ashburn-1.xx.oci.oraclecloud.com")
