"""AWS Directory Service: directories, the regions and accounts that have them too, and trusts.

API: https://docs.aws.amazon.com/directoryservice/latest/devguide/API_DescribeDirectories.html
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.aws.flow_ends import flow_from, nowhere, outside, to_arn, to_outside
from auditor.collect.aws.flows import to_account
from auditor.collect.aws.reading import entries, maybe_text, state_of, text, texts
from auditor.collect.aws.regions import arn, country_of_zones
from auditor.collect.aws.resources import NO_KEY_STATED, processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/directoryservice/latest/devguide/API_"
_NOT_STATED = Unknown("AWS does not state whether this directory is encrypted at rest")
_SHARED = ("Shared", "Sharing", "PendingAcceptance")
_NOT_SHARED = ("Rejected", "Rejecting", "RejectFailed", "ShareFailed", "Deleted", "Deleting")
# The remote domain's people are let in by an outgoing trust, and not by an incoming one.
_LETS_IN = ("One-Way: Outgoing", "Two-Way")
_KEEPS_OUT = ("One-Way: Incoming",)


def _directory(found: Found) -> Iterator[Store | Processor | Flow]:
    name = text(found, "item.DirectoryId")
    kind = text(found, "item.Type")
    settings = "ConnectSettings" if kind == "ADConnector" else "VpcSettings"
    columns: dict[str, Any] = {
        "id": _arn(found.place["region"], found.place["account"], name),
        "name": text(found, "item.Name"),
        "country": country_of_zones(
            found.read(f"item.{settings}.AvailabilityZones"), found.place["region"]
        ),
        "public": False,  # its controllers have addresses in a VPC only
        "created": maybe_text(found, "item.LaunchTime", absent=""),
    }
    if kind == "ADConnector":
        yield from _connector(found, processor_of(found, kind="connector", **columns))
    elif kind == "SharedMicrosoftAD":
        yield from _shared(found, processor_of(found, kind="shared directory", **columns))
    else:
        yield from _own(
            found,
            store_of(
                found, kind="directory", encrypted=_NOT_STATED, key_id=NO_KEY_STATED, **columns
            ),
        )


def _arn(region: str, account: str, name: str) -> str:
    return arn("ds", region, account, f"directory/{name}")


def _connector(found: Found, row: Processor) -> Iterator[Processor | Flow]:
    """Yield a connector, which hands each question on to a directory elsewhere."""
    yield row
    for address in texts(found.read("item.ConnectSettings.ConnectIps", absent=[])) or ["?"]:
        why = f"it asks a directory at {address[:100]}, and whose that is and where is not known"
        yield to_outside(row, "stream", address, why)


def _shared(found: Found, row: Processor) -> Iterator[Processor | Flow]:
    yield row
    owner = text(found, "item.OwnerDirectoryDescription.AccountId")
    name = text(found, "item.OwnerDirectoryDescription.DirectoryId")
    yield to_arn(row, "mount", _arn(found.place["region"], owner, name))


def _own(found: Found, row: Store) -> Iterator[Store | Flow]:
    yield row
    account, here = found.place["account"], found.place["region"]
    name = text(found, "item.DirectoryId")
    others = [
        text(found, "item.RegionsInfo.PrimaryRegion"),
        *texts(found.read("item.RegionsInfo.AdditionalRegions", absent=[])),
    ]
    for region in dict.fromkeys(others):
        if region and region != here:
            yield to_arn(row, "replication", _arn(region, account, name))
    several = found.read("shares", absent=[])
    if isinstance(several, Unknown):
        yield possible(row, "share", several)
        return
    for each in entries(several):
        other = each.get("SharedAccountId")
        active = state_of(each.get("ShareStatus"), _SHARED, _NOT_SHARED)
        if not isinstance(other, str):
            yield possible(row, "share", Unknown("a share names no account"))
        elif active is True:
            yield to_account(row, other)
        else:
            yield flow(row, "share", other, target_account=other, active=active)


def _trust(found: Found) -> Iterator[Flow]:
    """Yield a trust as a share with whoever runs the remote domain, if it lets those in."""
    name = text(found, "item.DirectoryId")
    source = _arn(found.place["region"], found.place["account"], name)
    remote = text(found, "item.RemoteDomainName")
    active = state_of(maybe_text(found, "item.TrustDirection"), _LETS_IN, _KEEPS_OUT)
    trust = f"trust/{text(found, 'item.TrustId')}"
    if isinstance(active, Unknown):
        yield flow_from(found, source, "share", trust, **{**nowhere(active), "active": active})
    else:
        end = outside(Unknown(f"people of the domain {remote[:100]} are let in"))
        yield flow_from(found, source, "share", trust, **{**end, "active": active})


DIRECTORIES = Collector(
    kind="aws.ds.directory",
    service="ds",
    title="directories",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDirectories",
        permission="ds:DescribeDirectories",
        items="DirectoryDescriptions",
        secrets=(
            "DirectoryDescriptions.RadiusSettings.SharedSecret",
            "DirectoryDescriptions.OwnerDirectoryDescription.RadiusSettings.SharedSecret",
        ),
    ),
    details=(
        Detail(
            name="shares",
            operation="DescribeSharedDirectories",
            permission="ds:DescribeSharedDirectories",
            bind={"OwnerDirectoryId": "item.DirectoryId"},
            # The answer for a kind of directory that cannot be shared.
            absent_on=("UnsupportedOperationException",),
            items="SharedDirectories",
        ),
    ),
    tables=(Store, Processor, Flow),
    rows=_directory,
    types=("ds:directory",),
    source=_REFERENCE + "DescribeDirectories.html",
)

TRUSTS = Collector(
    kind="aws.ds.trust",
    service="ds",
    title="domains that directories trust",
    per=("account", "region"),
    listing=Listing(operation="DescribeTrusts", permission="ds:DescribeTrusts", items="Trusts"),
    tables=(Flow,),
    rows=_trust,
    source=_REFERENCE + "DescribeTrusts.html",
)
