"""Builds rows of ``flows`` for a store: ways out that exist, and ways out that may."""

from collections.abc import Iterable, Iterator

from auditor.collect.aws.flow_ends import outside, to_arn, to_place
from auditor.collect.flows import ANYBODY, ANYWHERE, flow, possible
from auditor.model import Unknown
from auditor.tables import Flow, Maybe, Processor, Store

_CONDITIONAL = Unknown("its policy lets in whoever meets a condition that names no account")


def to_account(store: Store | Processor, account: str) -> Flow:
    """Return a share with an account; it can be used where the store is."""
    return to_place(store, "share", account, account, store.region)


def to_organization(row: Store | Processor, arn: str) -> Flow:
    """Return a share with all accounts of an organisation or organisational unit."""
    everyone = Unknown(f"it is shared with every account of {arn}, whichever those are")
    return to_place(row, "share", arn, everyone, row.region)


def shares(store: Store | Processor, accounts: Maybe[tuple[str, ...]]) -> Iterator[Flow]:
    """Yield a share with each account but the store's own; being public is another way out.

    Anybody, of a store that is not public, is whoever meets a condition: an organisation, say.
    """
    if isinstance(accounts, Unknown):
        yield possible(store, "share", accounts)
        return
    if ANYBODY in accounts and store.public is False:
        yield possible(store, "share", _CONDITIONAL)
    for account in accounts:
        if account not in (store.account, ANYBODY):
            yield to_account(store, account)


def publication(store: Store | Processor) -> Iterator[Flow]:
    """Yield the way out that being public is, or may be."""
    if isinstance(store.public, Unknown):
        yield possible(store, "public", store.public)
    elif store.public:
        yield to_anybody(store)


def to_anybody(store: Store | Processor) -> Flow:
    """Return the way out that being public is."""
    columns = outside(ANYWHERE) | {"target_account": ANYBODY}
    return flow(store, "public", ANYBODY, **columns)


def replication(store: Store | Processor, targets: Iterable[str]) -> Iterator[Flow]:
    """Yield a replication to each of these stores, once."""
    for target in dict.fromkeys(targets):
        yield to_arn(store, "replication", target)
