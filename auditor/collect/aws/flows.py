"""Builds rows of ``flows`` for a store: ways out that exist, and ways out that may."""

from collections.abc import Iterable, Iterator

from auditor.collect.aws.regions import country_of, operator_of
from auditor.collect.flows import ANYBODY, ANYWHERE, flow, possible
from auditor.model import Unknown
from auditor.tables import Flow, Maybe, Processor, Store

_CONDITIONAL = Unknown("its policy lets in whoever meets a condition that names no account")


def to_store(store: Store | Processor, mechanism: str, target: str, **columns: Maybe[bool]) -> Flow:
    """Return a flow to another store, whose place ``facts`` looks up by its id."""
    return flow(store, mechanism, target, target_id=target, **columns)


def to_account(store: Store | Processor, account: str) -> Flow:
    """Return a share with an account; it can be used where the store is."""
    region = store.region
    return flow(
        store,
        "share",
        account,
        target_account=account,
        target_region=region,
        target_country=country_of(region),
        target_operator=region if isinstance(region, Unknown) else operator_of(region),
    )


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
        yield flow(
            store,
            "public",
            ANYBODY,
            target_account=ANYBODY,
            target_region=ANYWHERE,
            target_country=ANYWHERE,
            target_operator=ANYWHERE,
        )


def replication(store: Store | Processor, targets: Iterable[str]) -> Iterator[Flow]:
    """Yield a replication to each of these stores, once."""
    for target in dict.fromkeys(targets):
        yield to_store(store, "replication", target)
