"""Settings that keep a whole account from making things public: of S3, snapshots and images.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html
and https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSnapshotBlockPublicAccessState.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import maybe_text
from auditor.collect.aws.s3_guardrails import unset_settings
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Guardrail, Maybe

_PUBLIC = ("public access",)
# 'New' sharing only: what was public when the block came stays public.
_STATES: dict[str, tuple[bool, tuple[str, ...]]] = {
    "block-all-sharing": (True, ()),
    "block-new-sharing": (True, ("what was public before",)),
    "unblocked": (False, ()),
}


def _buckets(found: Found) -> Iterator[Guardrail]:
    off = unset_settings(found, "item.PublicAccessBlockConfiguration")
    yield _block(found, "S3 buckets of the account", enforced=True, escapes=off)


def _snapshots(found: Found) -> Iterator[Guardrail]:
    yield from _of_state(found, "EBS snapshots", "item.State")


def _images(found: Found) -> Iterator[Guardrail]:
    yield from _of_state(found, "images", "item.ImageBlockPublicAccessState")


def _of_state(found: Found, name: str, path: str) -> Iterator[Guardrail]:
    state = maybe_text(found, path)
    if isinstance(state, Unknown):
        yield _block(found, name, enforced=state, escapes=state)
    elif state in _STATES:
        enforced, escapes = _STATES[state]
        yield _block(found, name, enforced=enforced, escapes=escapes)
    else:
        odd = Unknown(f"its state is {state}")
        yield _block(found, name, enforced=odd, escapes=odd)


def _block(
    found: Found, name: str, *, enforced: Maybe[bool], escapes: Maybe[tuple[str, ...]]
) -> Guardrail:
    account, region = found.place["account"], found.place.get("region", "")
    return Guardrail(
        id=f"{account}/{region}/{name}",
        evidence=found.evidence,
        provider="aws",
        account=account,
        name=name,
        kind="public access block",
        target_id=account,
        region=region,
        enforced=enforced,
        limits=_PUBLIC,
        escapes=escapes,
    )


BUCKETS = Collector(
    kind="aws.s3control.public-access-block",
    service="s3control",
    title="the account's block of public S3 buckets",
    per=("account",),
    listing=Listing(
        operation="GetPublicAccessBlock",
        permission="s3:GetAccountPublicAccessBlock",
        bind={"AccountId": "place.account"},
        absent_on=("NoSuchPublicAccessBlockConfiguration",),
    ),
    tables=(Guardrail,),
    rows=_buckets,
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html",
)

SNAPSHOTS = Collector(
    kind="aws.ec2.snapshot-public-access-block",
    service="ec2",
    title="blocks of public EBS snapshots",
    per=("account", "region"),
    listing=Listing(
        operation="GetSnapshotBlockPublicAccessState",
        permission="ec2:GetSnapshotBlockPublicAccessState",
    ),
    tables=(Guardrail,),
    rows=_snapshots,
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSnapshotBlockPublicAccessState.html",
)

IMAGES = Collector(
    kind="aws.ec2.image-public-access-block",
    service="ec2",
    title="blocks of public images",
    per=("account", "region"),
    listing=Listing(
        operation="GetImageBlockPublicAccessState",
        permission="ec2:GetImageBlockPublicAccessState",
    ),
    tables=(Guardrail,),
    rows=_images,
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageBlockPublicAccessState.html",
)
