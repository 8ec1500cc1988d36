"""Amazon CloudWatch Logs: log groups, and what copies their events elsewhere.

API: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
"""

import json
from collections.abc import Iterator, Mapping

from auditor.collect.aws.epochs import moment_of
from auditor.collect.aws.flow_ends import exits, to_bucket
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import (
    ANYBODY,
    Party,
    accounts_in_policy,
    joined,
    lets_in_anybody,
)
from auditor.collect.aws.reading import entries, key_arn, maybe_text, size_in_bytes, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policies_of, policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.aws.retentions import days_in, deletion
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Processor, Retention, Store

_REFERENCE = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference"
# What sends logs, or tells about them without showing any.
HARMLESS = frozenset(
    {
        "logs:putlogevents",
        "logs:putlogeventsbatch",
        "logs:createlogstream",
        "logs:createloggroup",
        "logs:describeloggroups",
        "logs:describelogstreams",
        "logs:deletelogstream",
        "logs:putretentionpolicy",
    }
)
# A task that was cancelled or failed may have copied a part, which AWS does not state.
_HALF = Unknown("a task that did not end well may have copied a part of the log")
_COPIED: Mapping[str, Maybe[bool]] = {
    "COMPLETED": True,
    "PENDING": True,
    "RUNNING": True,
    "CANCELLED": _HALF,
    "FAILED": _HALF,
    "PENDING_CANCEL": _HALF,
}


def _group(found: Found) -> Iterator[Store | Flow | PolicyDocument | Retention]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.logGroupName")
    key = maybe_text(found, "item.kmsKeyId", absent="")  # left out for AWS's own key
    policies = found.read("policies")
    group = store_of(
        found,
        id=arn("logs", region, account, f"log-group:{name}"),
        name=name,
        kind="log group",
        encrypted=True,  # log groups cannot be unencrypted
        key_id=key_arn(key, region, account),
        public=_is_public(policies),
        locked=False,  # whoever may delete a group deletes its events
        size_bytes=size_in_bytes(found, "item.storedBytes"),
        created=moment_of(found.read("item.creationTime"), unit=1000),
    )
    yield group
    days = found.read("item.retentionInDays", absent=None)  # left out where events never expire
    if days is not None:
        yield deletion(group, days_in(days, "retentionInDays"))
    yield from policies_of(group, policies, "policyDocument", "policyName")
    yield from publication(group)
    yield from shares(group, _let_in(policies))
    filters = found.read("filters")
    if isinstance(filters, Unknown):
        yield possible(group, "stream", filters)
        return
    yield from exits(group, "stream", [each.get("destinationArn") for each in entries(filters)])


def _let_in(policies: Json) -> Maybe[tuple[str, ...]]:
    """Return the accounts that policies on a single log group let read it."""
    if isinstance(policies, Unknown):
        return policies
    parties: list[Party] = []
    for each in entries(policies):
        accounts = accounts_in_policy(each.get("policyDocument"), HARMLESS.__contains__)
        parties += [accounts] if isinstance(accounts, Unknown) else accounts
    return joined(parties)


def _is_public(policies: Json) -> Maybe[bool]:
    accounts = _let_in(policies)
    if isinstance(accounts, Unknown) or ANYBODY not in accounts:
        return accounts if isinstance(accounts, Unknown) else False
    said = [lets_in_anybody(each.get("policyDocument")) for each in entries(policies)]
    if True in said:
        return True
    return next((each for each in said if isinstance(each, Unknown)), False)


GROUPS = Collector(
    kind="aws.logs.group",
    service="logs",
    title="CloudWatch log groups, with their subscription filters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeLogGroups",
        permission="logs:DescribeLogGroups",
        parameters={"limit": 50},
        items="logGroups",
    ),
    details=(
        Detail(
            name="filters",
            operation="DescribeSubscriptionFilters",
            permission="logs:DescribeSubscriptionFilters",
            parameters={"limit": 50},
            bind={"logGroupName": "item.logGroupName"},
            items="subscriptionFilters",
        ),
        Detail(
            name="policies",
            operation="DescribeResourcePolicies",
            permission="logs:DescribeResourcePolicies",
            parameters={"policyScope": "RESOURCE"},
            bind={"resourceArn": "item.logGroupArn"},
            items="resourcePolicies",
        ),
    ),
    tables=(Store, Flow, PolicyDocument, Retention),
    rows=_group,
    types=("logs:log-group",),
    source=f"{_REFERENCE}/API_DescribeLogGroups.html",
)


def _account_policy(found: Found) -> Iterator[Processor | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.policyName")
    policy = processor_of(
        found,
        id=arn("logs", region, account, f"account-policy:{name}"),
        name=name,
        kind="account subscription filter",
        public=False,  # it sends, and cannot be called
    )
    yield policy
    target = _destination_in(maybe_text(found, "item.policyDocument"))
    if isinstance(target, Unknown):
        yield possible(policy, "stream", target)
    else:
        yield from exits(policy, "stream", [target])


def _destination_in(document: Maybe[str]) -> Maybe[str]:
    if isinstance(document, Unknown):
        return document
    try:
        target = dig(json.loads(document), "DestinationArn")
    except (ValueError, RecursionError):
        target = None
    if isinstance(target, str) and target:
        return target
    return Unknown("the account's subscription filter names no destination")


ACCOUNT_POLICIES = Collector(
    kind="aws.logs.account-policy",
    service="logs",
    title="subscription filters over all log groups of an account",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeAccountPolicies",
        permission="logs:DescribeAccountPolicies",
        parameters={"policyType": "SUBSCRIPTION_FILTER_POLICY"},
        items="accountPolicies",
    ),
    tables=(Processor, Flow),
    rows=_account_policy,
    source=f"{_REFERENCE}/API_DescribeAccountPolicies.html",
)


def _destination(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    destination = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.destinationName"),
        kind="log destination",
        public=False,  # its policy says who may send to it; nobody reads from it
        created=moment_of(found.read("item.creationTime"), unit=1000),
    )
    yield destination
    yield policy_of(destination, maybe_text(found, "item.accessPolicy", absent=""))
    target = maybe_text(found, "item.targetArn")
    if isinstance(target, Unknown):
        yield possible(destination, "stream", target)
    else:
        yield from exits(destination, "stream", [target])


DESTINATIONS = Collector(
    kind="aws.logs.destination",
    service="logs",
    title="CloudWatch Logs destinations for other accounts",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDestinations",
        permission="logs:DescribeDestinations",
        parameters={"limit": 50},
        items="destinations",
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_destination,
    types=("logs:destination",),
    source=f"{_REFERENCE}/API_DescribeDestinations.html",
)


def _export(found: Found) -> Iterator[Flow]:
    region, account = found.place["region"], found.place["account"]
    group = processor_of(
        found,
        id=arn("logs", region, account, f"log-group:{text(found, 'item.logGroupName')}"),
        name="",
        kind="log group",
        public=False,
    )
    task = text(found, "item.taskId")
    bucket = maybe_text(found, "item.destination")
    status = maybe_text(found, "item.status.code")
    if isinstance(bucket, Unknown) or not bucket:
        why = bucket or Unknown("the export names no bucket")
        yield possible(group, "export", why, task or "?")
        return
    active = status if isinstance(status, Unknown) else _COPIED.get(status, _HALF)
    yield to_bucket(group, "export", bucket, id=f"{group.id}/export/{task}", active=active)


EXPORTS = Collector(
    kind="aws.logs.export-task",
    service="logs",
    title="exports of log groups to buckets",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeExportTasks",
        permission="logs:DescribeExportTasks",
        parameters={"limit": 50},
        items="exportTasks",
    ),
    tables=(Flow,),
    rows=_export,
    source=f"{_REFERENCE}/API_DescribeExportTasks.html",
)
