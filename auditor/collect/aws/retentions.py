"""How long stores of AWS keep what they hold, as rows: rules that delete, and rules that lock."""

from auditor.model import Json, Unknown
from auditor.tables import Maybe, Retention, Store

DELETES, LOCKS = "deletes", "locks"


def deletion(store: Store, days: Maybe[int], name: str = "", object_names: str = "") -> Retention:
    """Return a rule by which the provider deletes what a store holds.

    Args:
        days: age in days at which it does.
        name: tells rules on one store apart.
        object_names: beginning of the names of the objects that it is about.
    """
    return _row(store, DELETES, days, name, object_names)


def lock(store: Store, days: Maybe[int]) -> Retention:
    """Return a rule by which nobody can alter or delete what a store holds for some days."""
    return _row(store, LOCKS, days, "", "")


def days_in(value: Json, name: str) -> Maybe[int]:
    """Return a number of days, or why there is none.

    Args:
        value: from an answer, or an Unknown.
        name: of the member that it was read from.
    """
    if isinstance(value, bool) or not isinstance(value, int | Unknown):
        return Unknown(f"the provider's answer has a {name} that is not a whole number")
    return value


def _row(store: Store, effect: str, days: Maybe[int], name: str, object_names: str) -> Retention:
    return Retention(
        id="/".join([store.id, effect, *([name] if name else [])]),
        evidence=store.evidence,
        provider="aws",
        account=store.account,
        store_id=store.id,
        effect=effect,
        days=days,
        object_names=object_names,
    )
