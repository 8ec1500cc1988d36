"""What prevents, in a bucket: object lock, and the bucket's own block of public access.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
and https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.reading import is_absent, maybe_text
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Guardrail, Maybe, Store

PUBLIC_SETTINGS = (
    "BlockPublicAcls",
    "IgnorePublicAcls",
    "BlockPublicPolicy",
    "RestrictPublicBuckets",
)


def bucket_guardrails(found: Found, bucket: Store) -> Iterator[Guardrail]:
    """Yield what is configured; what was refused is there with nothing known of it."""
    if not is_absent(found, "lock"):
        yield _object_lock(found, bucket)
    if not is_absent(found, "block"):
        settings = unset_settings(found, "block.PublicAccessBlockConfiguration")
        row = _guardrail(bucket, "public access block", "public access")
        yield replace(row, enforced=True, escapes=settings)


def unset_settings(found: Found, path: str) -> Maybe[tuple[str, ...]]:
    """Return which settings of a block of public access are off."""
    values = {name: found.read(f"{path}.{name}") for name in PUBLIC_SETTINGS}
    for value in values.values():
        if not isinstance(value, bool):
            odd = Unknown("a setting is neither on nor off")
            return value if isinstance(value, Unknown) else odd
    return tuple(name for name, value in values.items() if not value)


def _object_lock(found: Found, bucket: Store) -> Guardrail:
    row = _guardrail(bucket, "object lock", "deletion")
    state = maybe_text(found, "lock.ObjectLockConfiguration.ObjectLockEnabled")
    if isinstance(state, Unknown):
        return replace(row, enforced=state, escapes=state)
    retention = "lock.ObjectLockConfiguration.Rule.DefaultRetention.Mode"
    mode = maybe_text(found, retention, absent="")
    escapes: Maybe[tuple[str, ...]] = {
        "COMPLIANCE": (),
        "GOVERNANCE": ("whoever may bypass governance",),
        "": ("objects that are stored without a retention of their own",),
    }.get(str(mode), Unknown(f"its mode is {mode}"))
    if isinstance(mode, Unknown):
        escapes = mode
    return replace(row, enforced=state == "Enabled", escapes=escapes)


def _guardrail(bucket: Store, kind: str, limits: str) -> Guardrail:
    return Guardrail(
        id=f"{bucket.id}/{kind}",
        evidence=bucket.evidence,
        provider=bucket.provider,
        account=bucket.account,
        name=f"{kind} of {bucket.name}",
        kind=kind,
        target_id=bucket.id,
        enforced=Unknown("not read"),
        limits=(limits,),
    )
