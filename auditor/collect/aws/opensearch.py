"""Amazon OpenSearch Service: domains, whom they let in, and connections between domains.

Repositories of manual snapshots are known only to a domain's own address, which is not asked.

API: https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_Operations.html
"""

import json
from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import to_arn
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.policy_documents import statements_of
from auditor.collect.aws.principals import ANYBODY, account_of, accounts_in_policy, joined
from auditor.collect.aws.reading import encryption_key, entries, maybe_flag, optional, text
from auditor.collect.aws.regions import arn, country_of, country_of_zones
from auditor.collect.aws.resource_policies import NONE, policy_of, written
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Store

_REFERENCE = "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_"
_DOMAIN = "domain.DomainStatus"
_CONDITIONAL = Unknown("its policy lets in whoever meets a condition")


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.DomainName")
    encrypted = maybe_flag(found, f"{_DOMAIN}.EncryptionAtRestOptions.Enabled")
    store = store_of(
        found,
        id=arn("es", region, account, f"domain/{name}"),
        name=name,
        kind="domain",
        country=_country(found),
        encrypted=encrypted,
        key_id=encryption_key(encrypted, found, f"{_DOMAIN}.EncryptionAtRestOptions.KmsKeyId"),
        public=_public(found),
        locked=False,
    )
    yield store
    yield policy_of(store, _text_of_policy(found))
    yield policy_of(store, _within(found), "network", "grant")
    yield from publication(store)
    yield from shares(store, _readers(found))
    yield from _logs(found, store)


def _within(found: Found) -> Json:
    """Return that a domain in a VPC is reached from there only, whatever its policy says."""
    network = optional(found, f"{_DOMAIN}.VPCOptions.VPCId", f"{_DOMAIN}.DomainId", NONE)
    if isinstance(network, Unknown) or network == NONE:
        return network
    outside = {"StringNotEquals": {"aws:SourceVpc": network}}
    actions = ["es:ESHttp*", "es:ESCrossClusterGet"]
    denial = {"Effect": "Deny", "Principal": "*", "Action": actions, "Resource": "*"}
    return written([{**denial, "Condition": outside}])


def _country(found: Found) -> Maybe[str]:
    described = found.read(f"{_DOMAIN}.DomainId")
    if isinstance(described, Unknown):
        return described
    # Domains outside of a VPC state no zones; the service is offered in no Local Zone.
    region = found.place["region"]
    zones = found.read(f"{_DOMAIN}.VPCOptions.AvailabilityZones", absent=None)
    return country_of_zones(zones, region) if zones else country_of(region)


def _is_closed(found: Found) -> Maybe[bool]:
    """Whether a request needs more than the access policy: a way into a VPC, or a password."""
    described = found.read(f"{_DOMAIN}.DomainId")
    if isinstance(described, Unknown):
        return described
    if found.read(f"{_DOMAIN}.VPCOptions.VPCId", absent=""):
        return True
    security = f"{_DOMAIN}.AdvancedSecurityOptions"
    passwords = found.read(f"{security}.Enabled", absent=False)
    return passwords is True and not found.read(f"{security}.AnonymousAuthEnabled", absent=False)


def _policy(found: Found) -> Maybe[tuple[str, ...]]:
    policy = _text_of_policy(found)
    return accounts_in_policy(policy) if policy else ()


def _text_of_policy(found: Found) -> Json:
    """Return the domain's policy; '' for none, where the domain is described without one."""
    return optional(found, f"{_DOMAIN}.AccessPolicies", beside=f"{_DOMAIN}.DomainId", absent="")


def _public(found: Found) -> Maybe[bool]:
    closed, accounts = _is_closed(found), _policy(found)
    if isinstance(closed, Unknown) or closed:
        return closed if isinstance(closed, Unknown) else False
    if isinstance(accounts, Unknown) or ANYBODY not in accounts:
        return accounts if isinstance(accounts, Unknown) else False
    return _CONDITIONAL if _is_conditional(found.read(f"{_DOMAIN}.AccessPolicies")) else True


def _is_conditional(policy: Json) -> bool:
    """Whether all statements that let anybody in have a condition; the policy has been parsed."""
    open_to_all = [each for each in entries(statements_of(policy)) if each.get("Effect") != "Deny"]
    return all(each.get("Condition") for each in open_to_all if _names_anybody(each))


def _names_anybody(statement: Mapping[str, Json]) -> bool:
    return "*" in json.dumps(statement.get("Principal", "*"))


def _readers(found: Found) -> Maybe[tuple[str, ...]]:
    """Return the accounts that its policy and the endpoints of its VPC let in."""
    accounts = _policy(found)
    parties: list[str | Unknown] = [accounts] if isinstance(accounts, Unknown) else [*accounts]
    if _is_closed(found) is True:
        parties = [party for party in parties if party != ANYBODY]
    if "endpoints" in found.answers:
        listed = found.read("endpoints")
        parties += [listed] if isinstance(listed, Unknown) else []
        # Services are AWS's own consoles, which act for principals of the account.
        parties += [
            account_of(each.get("Principal"))
            for each in entries(listed)
            if each.get("PrincipalType") != "AWS_SERVICE"
        ]
    return joined(parties)


def _logs(found: Found, store: Store) -> Iterator[Flow]:
    described = found.read(f"{_DOMAIN}.DomainId")
    if isinstance(described, Unknown):
        yield possible(store, "stream", described)
        return
    options = found.read(f"{_DOMAIN}.LogPublishingOptions", absent={})
    for kind in sorted(options) if isinstance(options, Mapping) else ():
        for each in entries([options[kind]]):
            group = each.get("CloudWatchLogsLogGroupArn")
            if isinstance(group, str) and each.get("Enabled") is not False:
                yield to_arn(store, "stream", group)


DOMAINS = Collector(
    kind="aws.es.domain",
    service="opensearch",
    title="OpenSearch and Elasticsearch domains",
    per=("account", "region"),
    listing=Listing(
        operation="ListDomainNames",
        permission="es:ListDomainNames",
        items="DomainNames",
    ),
    details=(
        Detail(
            name="domain",
            operation="DescribeDomain",
            permission="es:DescribeDomain",
            bind={"DomainName": "item.DomainName"},
        ),
        Detail(
            name="endpoints",
            operation="ListVpcEndpointAccess",
            permission="es:ListVpcEndpointAccess",
            bind={"DomainName": "item.DomainName"},
            when=f"{_DOMAIN}.VPCOptions.VPCId",
            items="AuthorizedPrincipalList",
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("es:domain",),
    source=_REFERENCE + "ListDomainNames.html",
)
