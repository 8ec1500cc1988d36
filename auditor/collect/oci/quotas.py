"""Oracle Cloud's language of quotas, and what quotas forbid to be made where.

    zero compute-core quotas in tenancy where request.region != 'us-ashburn-1'
    set database quota /*exadata*/ to 1 in compartment prod:data

Failing closed: a statement that is not understood may undo the others, so that all are unknown.

Source: https://docs.oracle.com/en-us/iaas/Content/Quotas/Concepts/quota_policy_syntax.htm
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from auditor.collect.oci.regions import full_name
from auditor.model import Json, Unknown
from auditor.tables import Maybe

ANYWHERE = "*"
_TOKEN = re.compile(r"\s*(/[^/]*/|'[^']*'|\"[^\"]*\"|!=|[={},]|[^\s={},'\"!/]+)")
_REGION, _DOMAIN = "request.region", "request.ad"
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The regions in which a statement holds.

    Attributes:
        within: it holds in these only; '*' is all.
        without: it holds in all but these.
        partly: it holds in an availability domain only, not in the whole of a region.
    """

    within: tuple[str, ...] = (ANYWHERE,)
    without: tuple[str, ...] = ()
    partly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """One statement.

    Attributes:
        action: set, unset or zero.
        names: of quotas of the family, patterns included; () is all of them.
        amount: the most that ``set`` allows; 0 for zero, -1 for unset.
        compartment: path of the compartment that it covers, '' for the tenancy.
    """

    action: str
    family: str
    names: tuple[str, ...]
    amount: int
    compartment: str
    where: Where

    @property
    def forbids(self) -> bool:
        """Whether it lets nothing be made."""
        return self.amount == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """What the statements of one policy forbid in one place.

    Attributes:
        compartment: path of the compartment, '' for the tenancy.
        escapes: what can be made in spite of it.
    """

    compartment: str
    allowed_regions: Maybe[tuple[str, ...]]
    denied_regions: Maybe[tuple[str, ...]]
    escapes: Maybe[tuple[str, ...]]


def parse(text: Json) -> Quota | Unknown:
    """Read one statement; what is no statement is unknown, with the statement in the reason."""
    if not isinstance(text, str):
        return Unknown(f"a quota is {str(text)[:_LONGEST]}, which is no text")
    try:
        return _Reader(_tokens(text)).statement()
    except ValueError as problem:
        return Unknown(f"the quota {str(text)[:_LONGEST]!r} is not understood: {problem}")


def bans(texts: Json) -> list[Ban]:
    """Return what the statements of one policy forbid, by compartment and regions."""
    written = texts if isinstance(texts, list) else [texts]
    parsed = [parse(text) for text in written]
    unclear = next((each for each in parsed if isinstance(each, Unknown)), None)
    if unclear is not None:
        return [
            Ban(compartment="", allowed_regions=unclear, denied_regions=unclear, escapes=unclear)
        ]
    quotas = [each for each in parsed if isinstance(each, Quota)]
    zeroed: dict[tuple[str, Where], list[Quota]] = {}
    for quota in quotas:
        if quota.forbids:
            zeroed.setdefault((quota.compartment, quota.where), []).append(quota)
    lifted = [
        f"what this allows: {str(text)[:_LONGEST]}"
        for text, quota in zip(written, quotas, strict=True)
        if not quota.forbids
    ]
    return [_ban(place, where, several, lifted) for (place, where), several in zeroed.items()]


def _ban(place: str, where: Where, quotas: Sequence[Quota], lifted: Sequence[str]) -> Ban:
    named = sorted(
        f"{quota.family} ({', '.join(quota.names)})" if quota.names else quota.family
        for quota in quotas
    )
    partly = ["other availability domains of those regions"] if where.partly else []
    return Ban(
        compartment=place,
        allowed_regions=where.without or (ANYWHERE,),
        denied_regions=() if where.without else where.within,
        escapes=(f"everything but {', '.join(named)}", *partly, *lifted),
    )


def _tokens(text: str) -> list[str]:
    found, position, end = [], 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"at {text[position : position + 20]!r}")
        found.append(match[1])
        position = match.end()
    return found


@dataclass(slots=True)
class _Reader:
    """Reads the tokens of one statement from left to right."""

    tokens: list[str]
    position: int = field(default=0)

    def statement(self) -> Quota:
        """Read the statement to its end."""
        action = self._one_of("set", "unset", "zero")
        family = self._value()
        self._one_of("quota", "quotas")
        names = tuple(self._names())
        amount = 0 if action == "zero" else -1
        if action == "set":
            self._one_of("to")
            amount = self._number()
        self._one_of("in")
        in_compartment = self._one_of("tenancy", "compartment") == "compartment"
        place = self._value() if in_compartment else ""
        where = Where()
        if not self._at_end():
            self._one_of("where")
            where = self._condition()
        if not self._at_end():
            raise ValueError(f"{self._next()!r} follows its end")
        return Quota(
            action=action,
            family=family.lower(),
            names=names,
            amount=amount,
            compartment=place,
            where=where,
        )

    def _names(self) -> Iterator[str]:
        while not self._at_end() and self.tokens[self.position].lower() not in ("in", "to"):
            yield self._value()
            if not self._at_end() and self.tokens[self.position] == ",":
                self.position += 1

    def _condition(self) -> Where:
        if self.tokens[self.position : self.position + 1] in (["any"], ["all"], ["ANY"], ["ALL"]):
            return self._several(self._next().lower())
        name, differs, value = self._comparison()
        if name == _DOMAIN:
            return Where(partly=True)
        return Where(without=(value,)) if differs else Where(within=(value,))

    def _several(self, how: str) -> Where:
        self._one_of("{")
        parts = [self._comparison()]
        while self._one_of(",", "}") == ",":
            parts.append(self._comparison())
        values = tuple(dict.fromkeys(value for _, _, value in parts))
        names = {name for name, _, _ in parts}
        signs = {differs for _, differs, _ in parts}
        if names == {_REGION} and how == "any" and signs == {False}:
            return Where(within=values)
        if names == {_REGION} and how == "all" and signs == {True}:
            return Where(without=values)
        if how == "all" and signs == {False} and names == {_REGION, _DOMAIN}:
            regions = tuple(dict.fromkeys(value for name, _, value in parts if name == _REGION))
            return replace(Where(within=regions), partly=True)
        raise ValueError("its condition is of a form that this version does not know")

    def _comparison(self) -> tuple[str, bool, str]:
        name = self._one_of(_REGION, _DOMAIN)
        differs = self._one_of("=", "!=") == "!="
        value = self._value().lower()
        return name, differs, full_name(value) if name == _REGION else value

    def _number(self) -> int:
        word = self._next()
        if not word.isascii() or not word.isdigit():
            raise ValueError(f"{word!r} is no number")
        return int(word[:18])

    def _value(self) -> str:
        word = self._next()
        if word in ("=", "!=", "{", "}", ","):
            raise ValueError(f"{word!r} stands where a name should")
        return word[1:-1] if word[0] in "'\"" else word

    def _one_of(self, *words: str) -> str:
        word = self._next().lower()
        if word not in words:
            raise ValueError(f"{word!r} stands where {' or '.join(words)} should")
        return word

    def _next(self) -> str:
        if self._at_end():
            raise ValueError("it ends too early")
        self.position += 1
        return self.tokens[self.position - 1]

    def _at_end(self) -> bool:
        return self.position >= len(self.tokens)
