"""What matching rules of dynamic groups say: of which compartments and kinds members may be.

Source: https://docs.oracle.com/en-us/iaas/Content/Identity/dynamicgroups/managingdynamicgroups.htm
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\s*(?:(?P<all>any|all)\s*\{|(?P<close>\})|(?P<comma>,)|"
    r"(?P<name>[\w.-]+)\s*(?P<operator>!?=)\s*(?:'(?P<one>[^']*)'|\"(?P<two>[^\"]*)\"))",
    re.IGNORECASE,
)
_PLACES = ("instance.compartment.id", "resource.compartment.id")
_THINGS = ("instance.id", "resource.id", "resource.type")
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Compartments that members must be in, and what they must be; None for no such bound."""

    places: frozenset[str] | None
    things: frozenset[str] | None


_UNBOUND = _Bounds(None, None)


def attributes_of(rule: str) -> dict[str, str]:
    """Return what is told of a dynamic group: its rule, and where and what its members may be.

    'compartments' are OCIDs, and 'members' OCIDs or types, sorted, with spaces between; '*' where
    the rule does not bound them. Both are missing where this version cannot read the rule.
    """
    told = {"rule": rule}
    bounds = _read(rule)
    if bounds:
        for name, values in (("compartments", bounds.places), ("members", bounds.things)):
            told[name] = "*" if values is None else " ".join(sorted(values))
    return told


def _read(rule: str) -> _Bounds | None:
    reader = _Reader(rule)
    found = reader.condition(0)
    return found if found and not rule[reader.at :].strip() else None


class _Reader:
    """Reads one rule from left to right; everything returns None for what it cannot read."""

    def __init__(self, rule: str) -> None:
        self.rule, self.at = rule, 0

    def condition(self, depth: int) -> _Bounds | None:
        token = self._take()
        if token is None or depth > _DEEPEST:
            return None
        if token["all"]:
            return self._several(token["all"].lower() == "all", depth)
        return _of_test(token) if token["name"] else None

    def _several(self, every: bool, depth: int) -> _Bounds | None:
        parts: list[_Bounds] = []
        while True:
            part = self.condition(depth + 1)
            if part is None:
                return None
            parts.append(part)
            token = self._take()
            if token is None or not (token["comma"] or token["close"]):
                return None
            if token["close"]:
                return _joined(parts, every)

    def _take(self) -> "re.Match[str] | None":
        found = _TOKEN.match(self.rule, self.at)
        if found:
            self.at = found.end()
        return found


def _of_test(token: "re.Match[str]") -> _Bounds:
    name, value = token["name"].lower(), token["one"] or token["two"] or ""
    if token["operator"] != "=":
        return _UNBOUND
    if name in _PLACES:
        return _Bounds(frozenset({value}), None)
    return _Bounds(None, frozenset({value})) if name in _THINGS else _UNBOUND


def _joined(parts: list[_Bounds], every: bool) -> _Bounds:
    return _Bounds(
        _join([each.places for each in parts], every), _join([each.things for each in parts], every)
    )


def _join(sets: list[frozenset[str] | None], every: bool) -> frozenset[str] | None:
    bound = [each for each in sets if each is not None]
    if every:
        return frozenset.intersection(*bound) if bound else None
    return frozenset.union(*bound) if len(bound) == len(sets) else None
