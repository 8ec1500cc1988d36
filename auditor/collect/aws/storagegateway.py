"""AWS Storage Gateway: machines, mostly on premises, that keep a cache of what is in buckets.

API: https://docs.aws.amazon.com/storagegateway/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.reading import entries, maybe_text, size_in_bytes, text
from auditor.collect.aws.regions import country_of
from auditor.collect.aws.resources import NO_KEY_STATED, processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor, Store

_OWNER = "its owner, on premises"
_WRITTEN = Unknown("a tape, whose contents somebody's backup software wrote")
_NOT_SUCH = "InvalidGatewayRequestException"  # also what a share of the other protocol answers


def _gateway(found: Found) -> Iterator[Processor]:
    gateway = processor_of(
        found,
        id=text(found, "item.GatewayARN"),
        name=text(found, "item.GatewayName"),
        kind="gateway",
        public=False,  # the reference has it serve a local network
        country=_country(found),
    )
    is_ours = found.read("item.HostEnvironment") == "EC2"
    yield gateway if is_ours else replace(gateway, operator=_OWNER)


def _country(found: Found) -> Maybe[str]:
    host = maybe_text(found, "item.HostEnvironment")
    if isinstance(host, Unknown):
        return host
    if host == "EC2":
        return country_of(maybe_text(found, "item.Ec2InstanceRegion"))
    return Unknown(f"it runs on a machine of its owner ({host}), whose place AWS does not state")


def _volume(found: Found) -> Iterator[Store | Flow]:
    volume = store_of(
        found,
        id=text(found, "item.VolumeARN"),
        name=text(found, "item.VolumeId"),
        kind="gateway volume",
        country=_country_of_volume(found),
        encrypted=True,  # the service encrypts what it keeps in S3
        key_id=NO_KEY_STATED,
        public=False,  # only its gateway serves it
        locked=False,  # it is there to be written to
        size_bytes=size_in_bytes(found, "item.VolumeSizeInBytes"),
    )
    yield volume
    yield _to_gateway(found, volume)


def _country_of_volume(found: Found) -> Maybe[str]:
    # A stored volume is kept at its gateway, and copied to the region as snapshots.
    kind = maybe_text(found, "item.VolumeType")
    if isinstance(kind, str) and kind.upper().startswith("CACHED"):
        return country_of(found.place["region"])
    return (
        kind if isinstance(kind, Unknown) else Unknown(f"a {kind[:40]} volume, kept at its gateway")
    )


def _to_gateway(found: Found, store: Store) -> Flow:
    """Return the way to the gateway, which keeps at least a cache of what it serves."""
    gateway = text(found, "item.GatewayARN")
    if not gateway:
        return possible(store, "mount", Unknown("the answer names no gateway"))
    account = account_in(gateway) or store.account
    return flow(store, "mount", gateway, target_id=gateway, target_account=account)


def _tape(found: Found) -> Iterator[Store | Flow]:
    tape = store_of(
        found,
        id=text(found, "item.TapeARN"),
        name=text(found, "item.TapeBarcode"),
        kind="tape",
        backup=True,
        source_id=_WRITTEN,
        encrypted=True,  # the service encrypts what it keeps in S3
        key_id=NO_KEY_STATED,
        public=False,  # only a gateway reads it
        size_bytes=size_in_bytes(found, "item.TapeSizeInBytes"),
    )
    yield tape
    if text(found, "item.GatewayARN"):  # an archived tape is at no gateway
        yield _to_gateway(found, tape)


_SHARES = {"NFS": "nfs.NFSFileShareInfoList", "SMB": "smb.SMBFileShareInfoList"}


def _share(found: Found) -> Iterator[Flow]:
    name, gateway = text(found, "item.FileShareARN"), text(found, "item.GatewayARN")
    share = processor_of(found, id=name, name=name, kind="file share", public=False)
    path = _SHARES.get(text(found, "item.FileShareType"))
    several = found.read(path) if path else Unknown("the answer names no protocol")
    if isinstance(several, Unknown):
        yield possible(share, "mount", several)
        return
    for each in entries(several):
        bucket = dig(each, "LocationARN")
        yield replace(
            flow(share, "mount", gateway, target_id=gateway),
            target_account=account_in(gateway) or share.account,
            store_id=_bucket(bucket) or share.id,
        )


def _bucket(location: object) -> str:
    """Return the bucket of a location, whose ARN goes on with a prefix."""
    head, colons, path = str(location or "").partition(":::")
    return f"{head}:::{path.partition('/')[0]}" if colons else ""


GATEWAYS = Collector(
    kind="aws.storagegateway.gateway",
    service="storagegateway",
    title="Storage Gateway gateways",
    per=("account", "region"),
    listing=Listing(
        operation="ListGateways",
        permission="storagegateway:ListGateways",
        parameters={"Limit": 100},
        items="Gateways",
    ),
    tables=(Processor,),
    rows=_gateway,
    types=("storagegateway:gateway",),
    source="https://docs.aws.amazon.com/storagegateway/latest/APIReference/API_ListGateways.html",
)

FILE_SHARES = Collector(
    kind="aws.storagegateway.file-share",
    service="storagegateway",
    title="Storage Gateway file shares, with the bucket behind each",
    per=("account", "region"),
    listing=Listing(
        operation="ListFileShares",
        permission="storagegateway:ListFileShares",
        parameters={"Limit": 100},
        items="FileShareInfoList",
    ),
    details=(
        Detail(
            name="nfs",
            operation="DescribeNFSFileShares",
            permission="storagegateway:DescribeNFSFileShares",
            compose={"FileShareARNList": lambda found: [text(found, "item.FileShareARN")]},
            absent_on=(_NOT_SUCH,),
        ),
        Detail(
            name="smb",
            operation="DescribeSMBFileShares",
            permission="storagegateway:DescribeSMBFileShares",
            compose={"FileShareARNList": lambda found: [text(found, "item.FileShareARN")]},
            absent_on=(_NOT_SUCH,),
        ),
    ),
    tables=(Flow,),
    rows=_share,
    types=("storagegateway:share",),
    source="https://docs.aws.amazon.com/storagegateway/latest/APIReference/API_ListFileShares.html",
)

VOLUMES = Collector(
    kind="aws.storagegateway.volume",
    service="storagegateway",
    title="Storage Gateway volumes",
    per=("account", "region"),
    listing=Listing(
        operation="ListVolumes",
        permission="storagegateway:ListVolumes",
        parameters={"Limit": 100},
        items="VolumeInfos",
    ),
    tables=(Store, Flow),
    rows=_volume,
    source="https://docs.aws.amazon.com/storagegateway/latest/APIReference/API_ListVolumes.html",
)

TAPES = Collector(
    kind="aws.storagegateway.tape",
    service="storagegateway",
    title="Storage Gateway virtual tapes",
    per=("account", "region"),
    listing=Listing(
        operation="ListTapes",
        permission="storagegateway:ListTapes",
        parameters={"Limit": 100},
        items="TapeInfos",
    ),
    tables=(Store, Flow),
    rows=_tape,
    types=("storagegateway:tape",),
    source="https://docs.aws.amazon.com/storagegateway/latest/APIReference/API_ListTapes.html",
)
