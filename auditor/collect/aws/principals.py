"""Which accounts a resource policy lets in.

The answer is never narrower than the truth: what cannot be proven narrower is ``*`` or unknown,
and denials are not taken into account.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
and reference_policies_elements_condition_operators.html
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from auditor.collect.aws.policy_documents import several, statements_of
from auditor.collect.aws.reading import entries
from auditor.model import Json, Unknown
from auditor.tables import Maybe

ANYBODY = "*"
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_ARN = re.compile(r"arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):.*", re.ASCII | re.DOTALL)
# Operators that are false when the key is missing, so that nobody slips through for want of it.
_EXACT = frozenset({"stringequals", "stringlike", "arnequals", "arnlike"})
_BY_ACCOUNT = frozenset(
    {"kms:calleraccount", "aws:principalaccount", "aws:sourceaccount", "aws:sourceowner"}
)
_BY_ARN = frozenset({"aws:principalarn", "aws:sourcearn"})

Party = str | Unknown


def accounts_in_policy(
    policy: Json, harmless: Callable[[str], bool] = lambda _: False
) -> Maybe[tuple[str, ...]]:
    """Return the accounts that a policy lets in, sorted; ``*`` stands for anybody.

    Args:
        policy: the policy's JSON text, or an Unknown.
        harmless: whether an action, in lower case, gives away nothing that matters; statements
            that allow only such actions are left out.
    """
    statements = statements_of(policy)
    if isinstance(statements, Unknown):
        return statements
    parties: list[Party] = []
    for statement in statements:
        parties += _let_in(statement, harmless)
    return joined(parties)


def joined(parties: Iterable[Party]) -> Maybe[tuple[str, ...]]:
    """Return accounts as one sorted tuple; unknown as soon as one is, unless anybody is let in."""
    known = {party for party in parties if isinstance(party, str)}
    unknown = next((party for party in parties if isinstance(party, Unknown)), None)
    if unknown is not None and ANYBODY not in known:
        return unknown
    return tuple(sorted(known))


def lets_in_anybody(policy: Json) -> Maybe[bool]:
    """Return whether a resource policy lets in anybody; unknown where that hangs on a condition.

    Args:
        policy: its JSON text, or an Unknown.
    """
    accounts = accounts_in_policy(policy)
    if isinstance(accounts, Unknown):
        return accounts
    if ANYBODY not in accounts:
        return False
    statements = entries(statements_of(policy))
    is_denied = any(each.get("Effect") == "Deny" for each in statements)
    is_open = [
        not each.get("Condition") and _is_anybody(each.get("Principal")) for each in statements
    ]
    if any(is_open) and not is_denied:
        return True
    return Unknown("its policy lets in anybody, but for conditions or denials that are not judged")


def account_of(principal: Json) -> Party:
    """Return the account of one principal: an account id, an ARN, or ``*`` for anybody."""
    if principal == ANYBODY:
        return ANYBODY
    if isinstance(principal, str):
        if _ACCOUNT.fullmatch(principal):
            return principal
        match = _ARN.fullmatch(principal)
        if match:
            return match[1]
    return Unknown(f"principal {_short(principal)} names no account")


def _let_in(statement: Json, harmless: Callable[[str], bool]) -> Iterator[Party]:
    if not isinstance(statement, Mapping):
        yield Unknown("the policy has a statement that is no object")
        return
    if statement.get("Effect") == "Deny":
        return
    actions = several(statement.get("Action", []))
    if actions and all(isinstance(each, str) and harmless(each.lower()) for each in actions):
        return
    bound = _bound(statement.get("Condition"))
    for party in _principals(statement):
        if party == ANYBODY or isinstance(party, Unknown):
            yield from bound if bound is not None else (party,)
        else:
            yield party


def _principals(statement: Mapping[str, Json]) -> Iterator[Party]:
    if "Principal" not in statement:
        yield ANYBODY if "NotPrincipal" in statement else Unknown("a statement has no principal")
        return
    principal = statement["Principal"]
    if not isinstance(principal, Mapping):
        yield account_of(principal)
        return
    for kind, names in principal.items():
        for name in several(names):
            if kind in ("AWS", "Federated"):
                yield account_of(name)
            else:
                yield Unknown(
                    f"its policy lets in {_short(kind)} {_short(name)}, for whichever account"
                )


def _bound(condition: Json) -> tuple[Party, ...] | None:
    """Return accounts that a condition restricts a statement to; None if it restricts it to none.

    All parts of a condition must hold, so one part that names accounts is enough.
    """
    if not isinstance(condition, Mapping):
        return None
    for operator, tests in condition.items():
        if str(operator).lower() not in _EXACT or not isinstance(tests, Mapping):
            continue
        for key, values in tests.items():
            accounts = _named(str(key).lower(), several(values))
            if accounts:
                return accounts
    return None


def _named(key: str, values: list[Json]) -> tuple[Party, ...]:
    """Return the accounts in a condition's values; none unless all of them name one."""
    if key in _BY_ACCOUNT:
        fits = [isinstance(value, str) and _ACCOUNT.fullmatch(value) for value in values]
        return tuple(values) if values and all(fits) else ()
    if key in _BY_ARN:
        accounts = [account_of(value) for value in values]
        exact = all(isinstance(each, str) and each != ANYBODY for each in accounts)
        return tuple(accounts) if exact else ()
    return ()


def _is_anybody(principal: Json) -> bool:
    """Whether a policy's principal stands for everybody."""
    names = principal.get("AWS") if isinstance(principal, Mapping) else principal
    return names == ANYBODY or (isinstance(names, list) and ANYBODY in names)


def _short(value: Json) -> str:
    return str(value)[:200]
