"""Amazon Data Lifecycle Manager: policies that snapshot, copy and share volumes and images.

A policy works on whatever bears its tags, so that it stands for the data itself.

API: https://docs.aws.amazon.com/dlm/latest/APIReference/API_GetLifecyclePolicy.html
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.flow_ends import in_place
from auditor.collect.aws.flows import to_account
from auditor.collect.aws.reading import entries, maybe_text, state_of, tags_in, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor


def _rows(found: Found) -> Iterator[Processor | Flow]:
    name, account = text(found, "item.PolicyId"), found.place["account"]
    policy = processor_of(
        found,
        id=arn("dlm", found.place["region"], account, f"policy/{name}"),
        name=name,
        kind="lifecycle policy",
        public=False,  # it runs on a schedule; nobody calls it
        created=maybe_text(found, "policy.Policy.DateCreated"),
        tags=tags_in(found.read("item.Tags", absent={})),
    )
    yield policy
    details = found.read("policy.Policy.PolicyDetails")
    active = state_of(maybe_text(found, "item.State"), ("ENABLED",), ("DISABLED",))
    if isinstance(details, Unknown):
        yield possible(policy, "copy", details)
        yield possible(policy, "share", details)
        return
    for region in dict.fromkeys(_regions(details)):
        yield flow(policy, "copy", region, active=active, **_place(region, account))
    for other in dict.fromkeys(_accounts(details)):
        if other != account:
            yield replace(to_account(policy, other), active=active)


def _regions(details: Json) -> Iterator[str]:
    """Yield where a policy copies to: by schedules, by default, or when something is shared."""
    for schedule in entries(dig(details, "Schedules")):
        for rule in entries(schedule.get("CrossRegionCopyRules")):
            yield str(rule.get("Target") or rule.get("TargetRegion") or "")
    for target in entries(dig(details, "CrossRegionCopyTargets")):
        yield str(target.get("TargetRegion") or "")
    for action in entries(dig(details, "Actions")):
        for copy in entries(action.get("CrossRegionCopy")):
            yield str(copy.get("Target") or "")


def _accounts(details: Json) -> Iterator[str]:
    for schedule in entries(dig(details, "Schedules")):
        for rule in entries(schedule.get("ShareRules")):
            yield from texts(rule.get("TargetAccounts"))


def _place(target: str, account: str) -> dict[str, Maybe[str]]:
    """Return where a region is, or an Outpost, which is named by its ARN."""
    if target.startswith("arn:"):
        return in_place(account, Unknown(f"it is the Outpost {target}, wherever that is"))
    return in_place(account, target or Unknown("the policy does not name the region"))


POLICIES = Collector(
    kind="aws.dlm.policy",
    service="dlm",
    title="lifecycle policies of snapshots and images",
    per=("account", "region"),
    listing=Listing(
        operation="GetLifecyclePolicies",
        permission="dlm:GetLifecyclePolicies",
        items="Policies",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetLifecyclePolicy",
            permission="dlm:GetLifecyclePolicy",
            bind={"PolicyId": "item.PolicyId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("dlm:policy",),
    source="https://docs.aws.amazon.com/dlm/latest/APIReference/API_GetLifecyclePolicies.html",
)
