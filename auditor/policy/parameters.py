"""The values that parameters have in one audit, and whether it loosened any."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.documents import suggest
from auditor.errors import ConfigError, Fault
from auditor.model import Audit, Json, PackChoice
from auditor.policy.pack import Pack, Parameter, Tightens
from auditor.policy.values import value_problem
from auditor.policy.vocabulary import TEXT

TRUSTED_PROVIDER = "trusted provider"
EXCLUDED = "excluded"

MISSING: Mapping[str, str] = {
    "trusted_providers": "the audit names no cloud operator of a trusted provider",
    "boundary_accounts": "the audit names no boundary accounts",
    "excluded_accounts": "the audit names no excluded party",
    "excluded_parties": "the audit names no excluded party",
    "trusted_parties": "the audit names no trusted provider",
}
"""Built-in parameter -> why it is unknown, when it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Parameter values of one pack in one audit; None is unknown."""

    values: Mapping[str, Json]
    loosened: tuple[str, ...] = ()


def settings_of(pack: Pack, audit: Audit) -> Settings:
    """Return the parameter values that the audit gives to a pack.

    Raises:
        ConfigError: the audit overrides a parameter that the pack does not have, or with a
            value that does not fit.
    """
    overrides = _overrides(pack, audit.packs)
    by_name = {parameter.name: parameter for parameter in pack.parameters}
    defaults = {parameter.name: parameter.default for parameter in pack.parameters}
    loosened = [
        _sentence(by_name[name], value)
        for name, value in sorted(overrides.items())
        if loosens(by_name[name], value)
    ]
    return Settings(values=defaults | overrides | built_in(audit), loosened=tuple(loosened))


def built_in(audit: Audit) -> dict[str, Json]:
    """Return the parameters that come from the audit itself.

    A list that nobody filled in is unknown, not empty: a verdict must not rest on it.
    """
    trusted = [party for party in audit.parties if TRUSTED_PROVIDER in party.roles]
    providers = {operator for party in trusted for operator in party.operators}
    excluded = [party for party in audit.parties if EXCLUDED in party.roles]
    accounts = sorted({account for party in excluded for account in party.accounts})
    return {
        "as_of": audit.as_of[:10],
        "trusted_providers": sorted(providers) or None,
        "boundary_accounts": sorted(set(audit.boundary_accounts)) or None,
        "excluded_accounts": accounts if excluded else None,
        "excluded_parties": sorted({party.name for party in excluded}) or None,
        "trusted_parties": sorted({party.name for party in trusted}) or None,
    }


def _overrides(pack: Pack, choices: Iterable[PackChoice]) -> dict[str, Json]:
    known = {parameter.name: parameter for parameter in pack.parameters}
    overrides: dict[str, Json] = {}
    faults = []
    for choice in choices:
        if choice.name != pack.name:
            continue
        for name, value in choice.parameters.items():
            overrides[name] = value
            if name not in known:
                message = f"pack {pack.name} has no parameter {name!r}"
                faults.append(_fault(message, suggest(name, known)))
            elif problem := value_problem(value, known[name].type):
                faults.append(_fault(f"parameter {name} of pack {pack.name} {problem}"))
    if faults:
        raise ConfigError(faults)
    return overrides


def _fault(message: str, hint: str = "") -> Fault:
    return Fault(path="audit.json", line=1, column=1, message=message, hint=hint)


def loosens(parameter: Parameter, value: Json) -> bool:
    """Say whether a value is not at least as strict as the default.

    Text has no direction, so any change of it counts.
    """
    default = parameter.default
    if parameter.type == TEXT or value == default:
        return bool(value != default)
    strict_enough = _STRICT_ENOUGH[parameter.tightens]
    return not strict_enough(value, default)


_STRICT_ENOUGH: Mapping[Tightens, Callable[[Any, Any], bool]] = {
    Tightens.SHORTER: lambda value, default: set(value) <= set(default),
    Tightens.LONGER: lambda value, default: set(value) >= set(default),
    Tightens.LARGER: lambda value, default: value >= default,
    Tightens.SMALLER: lambda value, default: value <= default,
    Tightens.TRUE: lambda value, _: value is True,
    Tightens.FALSE: lambda value, _: value is False,
}


def _sentence(parameter: Parameter, value: Json) -> str:
    return (
        f"${parameter.name} is {_spoken(value)} in this audit; the pack's own value,"
        f" {_spoken(parameter.default)}, is stricter ({parameter.meaning.rstrip('.')})."
    )


def _spoken(value: Json) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(value) + "]"
    return (
        {True: "true", False: "false"}.get(value, str(value)) if type(value) is bool else str(value)
    )
