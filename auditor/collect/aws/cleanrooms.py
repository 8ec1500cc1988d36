"""AWS Clean Rooms and Entity Resolution: data that is worked on with other companies.

API: https://docs.aws.amazon.com/clean-rooms/latest/apireference/API_ListMembers.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits, to_outside, to_place
from auditor.collect.aws.reading import (
    entries,
    maybe_text,
    member,
    optional_text,
    state_of,
    text,
)
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/clean-rooms/latest/apireference/API_"
_RESOLUTION = "https://docs.aws.amazon.com/entityresolution/latest/apireference/API_"
_OVER = ("REMOVED", "COLLABORATION_DELETED")
_ACTIVE = ("ACTIVE",)
_NOT_THERE = ("INVITED", "LEFT", "REMOVED")
_ANY_REGION = Unknown("members of a collaboration can be in other regions")
_RESULTS = (
    "membership.membership.defaultResultConfiguration.outputConfiguration.s3.bucket",
    "membership.membership.defaultJobResultConfiguration.outputConfiguration.s3.bucket",
)


def _membership(found: Found) -> Iterator[Processor | Flow]:
    """Yield a membership, which opens what it brings in to queries of each other member."""
    row = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.collaborationName"),
        kind="membership",
        public=False,  # for members that are named
        created=maybe_text(found, "item.createTime"),
    )
    yield row
    if text(found, "item.status") in _OVER:
        return
    yield from _results(found, row)
    members = found.read("members")
    if isinstance(members, Unknown):
        yield possible(row, "share", members)
        return
    for each in entries(members):
        account = member(each, "accountId")
        active = state_of(each.get("status"), _ACTIVE, _NOT_THERE)
        if account and account != row.account:
            yield to_place(row, "share", account, account, _ANY_REGION, active=active)


def _results(found: Found, row: Processor) -> Iterator[Flow]:
    named = [optional_text(found, path, "membership.membership.id") for path in _RESULTS]
    addresses: list[Json] = [
        f"s3://{each}" if isinstance(each, str) and each else each for each in named
    ]
    yield from exits(row, "export", addresses)


def _workflow(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.workflowArn"),
        name=text(found, "item.workflowName"),
        kind="workflow",
        public=False,  # started with credentials of AWS only
        created=maybe_text(found, "item.createdAt"),
    )
    yield row
    if "matching" in found.answers:
        yield from _outputs(found, row, "matching", "resolutionTechniques")
    else:
        yield from _outputs(found, row, "mapping", "idMappingTechniques")


def _outputs(found: Found, row: Processor, name: str, technique: str) -> Iterator[Flow]:
    """Yield where the result goes, and the company that resolves identities, if one does."""
    about = found.read(f"{name}.{technique}")
    if isinstance(about, Unknown):
        yield possible(row, "stream", about)
        yield possible(row, "share", about)
        return
    paths = ["outputS3Path"]
    if name == "matching":
        paths.append("customerProfilesIntegrationConfig.domainArn")
    outputs = entries(found.read(f"{name}.outputSourceConfig", absent=[]))
    targets = [dig(each, path) for each in outputs for path in paths]
    between = "providerProperties.intermediateSourceConfiguration.intermediateS3Path"
    yield from exits(row, "stream", [*targets, dig(about, between)])
    provider = member(about, "providerProperties.providerServiceArn")
    if provider:
        company = provider.rpartition("providerservice/")[2]
        yield to_outside(row, "share", company, f"identities are resolved by {company[:100]}")


MEMBERSHIPS = Collector(
    kind="aws.cleanrooms.membership",
    service="cleanrooms",
    title="collaborations that the account takes part in",
    per=("account", "region"),
    listing=Listing(
        operation="ListMemberships",
        permission="cleanrooms:ListMemberships",
        parameters={"maxResults": 100},
        items="membershipSummaries",
    ),
    details=(
        Detail(
            name="membership",
            operation="GetMembership",
            permission="cleanrooms:GetMembership",
            bind={"membershipIdentifier": "item.id"},
        ),
        Detail(
            name="members",
            operation="ListMembers",
            permission="cleanrooms:ListMembers",
            parameters={"maxResults": 100},
            bind={"collaborationIdentifier": "item.collaborationId"},
            items="memberSummaries",
        ),
    ),
    tables=(Processor, Flow),
    rows=_membership,
    types=("cleanrooms:membership",),
    source=_REFERENCE + "ListMemberships.html",
)


def _workflows(kind: str, name: str, title: str, details: str, listing: str) -> Collector:
    return Collector(
        kind=f"aws.entityresolution.{kind}",
        service="entityresolution",
        title=title,
        per=("account", "region"),
        listing=Listing(
            operation=listing,
            permission=f"entityresolution:{listing}",
            parameters={"maxResults": 25},
            items="workflowSummaries",
        ),
        details=(
            Detail(
                name=name,
                operation=details,
                permission=f"entityresolution:{details}",
                bind={"workflowName": "item.workflowName"},
                secrets=(
                    "idMappingTechniques.providerProperties.providerConfiguration",
                    "resolutionTechniques.providerProperties.providerConfiguration",
                ),
            ),
        ),
        tables=(Processor, Flow),
        rows=_workflow,
        source=f"{_RESOLUTION}{details}.html",
    )


MAPPINGS = _workflows(
    "id-mapping",
    "mapping",
    "workflows that map identities",
    "GetIdMappingWorkflow",
    "ListIdMappingWorkflows",
)
MATCHINGS = _workflows(
    "matching",
    "matching",
    "workflows that match records",
    "GetMatchingWorkflow",
    "ListMatchingWorkflows",
)
