"""Amazon S3 Glacier: vaults, whom they let in, and whether they are locked.

API: https://docs.aws.amazon.com/amazonglacier/latest/dev/amazon-glacier-api.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import is_absent, maybe_text, size_in_bytes, text
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Store

_TERMS = Unknown("it has a locked policy, whose terms this version does not read")


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    store = store_of(
        found,
        id=text(found, "item.VaultARN"),
        name=text(found, "item.VaultName"),
        kind="vault",
        encrypted=True,  # Glacier encrypts every archive, with keys of its own
        key_id="",
        public=False,  # requests have to be signed; a policy for anybody shows as a share
        locked=_is_locked(found),
        size_bytes=size_in_bytes(found, "item.SizeInBytes"),
        created=maybe_text(found, "item.CreationDate"),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.policy.Policy"))
    policy = found.read("policy.policy.Policy")
    yield from shares(store, () if is_absent(found, "policy") else accounts_in_policy(policy))


def _is_locked(found: Found) -> Maybe[bool]:
    if is_absent(found, "lock"):
        return False
    state = found.read("lock.State")
    if isinstance(state, Unknown):
        return state
    return _TERMS if state == "Locked" else False


VAULTS = Collector(
    kind="aws.glacier.vault",
    service="glacier",
    title="S3 Glacier vaults",
    per=("account", "region"),
    listing=Listing(
        operation="ListVaults",
        permission="glacier:ListVaults",
        bind={"accountId": "place.account"},
        items="VaultList",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetVaultAccessPolicy",
            permission="glacier:GetVaultAccessPolicy",
            bind={"accountId": "place.account", "vaultName": "item.VaultName"},
            absent_on=("ResourceNotFoundException",),
        ),
        Detail(
            name="lock",
            operation="GetVaultLock",
            permission="glacier:GetVaultLock",
            bind={"accountId": "place.account", "vaultName": "item.VaultName"},
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("glacier:vaults",),
    source="https://docs.aws.amazon.com/amazonglacier/latest/dev/api-vaults-get.html",
)
