"""What everybody has to stores: few rows for each principal, whatever the number of stores.

What statements give to everybody alike is said once, of 'anybody', and not of each principal.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.extents import Extents
from auditor.access.outsiders import ANYBODY
from auditor.access.rights import Reasoner, Right
from auditor.access.sets import members
from auditor.access.truth import TRUE, Truth

# Whoever changes who may use a key can decrypt what it encrypts.
_KEYS = "keys"
ACCESS_BY_KEYS = {_KEYS: "decrypt"}
CHANGES_KEYS = "changes who may use the key"
_MOST_SOURCES = 20
_MOST_CONDITIONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One kind of access that one principal has to a set of stores, in one way.

    Attributes:
        truth: True for certain; else what the request must be like, or why it cannot be told.
        stores: by place among all stores.
        path: steps that it takes first, in words; () if it is direct.
        through: principals and keys that it acts as or uses on that path.
        statements: ids of the statements that give it, the first few.
    """

    actor: Actor
    access: str
    truth: Truth
    stores: int
    path: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(slots=True)
class Total:
    """One kind of access over all kinds of stores.

    Attributes:
        named: stores of which some is given otherwise than to everybody alike.
    """

    certain: int = 0
    unclear: dict[Truth, int] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    named: int = 0

    def parts(self) -> Iterator[tuple[Truth, int]]:
        """Yield what is certain, conditional by its conditions, and unknown as one."""
        if self.certain:
            yield TRUE, self.certain
        conditional = {truth: bits for truth, bits in self.unclear.items() if truth.conditional}
        if len(conditional) > _MOST_CONDITIONS:
            conditional = dict([_merged(conditional)])
        yield from sorted(conditional.items(), key=lambda each: sorted(each[0].depends_on))
        unknown = {truth: bits for truth, bits in self.unclear.items() if truth.unknown}
        if unknown:
            yield _merged(unknown)

    def spare(self, anybody: "Total") -> None:
        """Take away what anybody has, and that nothing else gives."""
        self.certain &= self.named | ~anybody.certain
        for truth, bits in [*self.unclear.items()]:
            alike = (anybody.certain | anybody.unclear.get(truth, 0)) & ~self.named
            self.unclear[truth] = bits & ~alike
        self.unclear = {truth: rest for truth, rest in self.unclear.items() if rest}

    @property
    def stores(self) -> int:
        """All stores that it may reach."""
        bits = self.certain
        for part in self.unclear.values():
            bits |= part
        return bits


def _merged(truths: Mapping[Truth, int]) -> tuple[Truth, int]:
    keys = frozenset(key for truth in truths for key in truth.depends_on)
    reasons = frozenset(reason for truth in truths for reason in truth.reasons)
    bits = 0
    for part in truths.values():
        bits |= part
    return Truth(None, keys, reasons), bits


class Granting:
    """What each principal has to all stores, directly, and not everybody has."""

    def __init__(self, estate: Estate, stores: Extents) -> None:
        """Index the stores and keys of an estate; what else is in ``stores`` is left alone."""
        here = set(stores.ids)
        resources = [each for each in estate.resources.values() if each.id in here or _is_key(each)]
        self._stores = stores
        self._reasoner = Reasoner(estate, resources)
        self._encrypted = _by_key(resources, stores)
        self._totals: dict[str, Mapping[str, Total]] = {}
        self._anybody = self._sums(ANYBODY)

    def totals(self, actor: Actor) -> Mapping[str, Total]:
        """Return access word -> what a principal has of it; 'keys' for changing who uses keys."""
        totals = self._totals.get(actor.key)
        if totals is None:
            found = self._sums(actor)
            if actor.kind != ANYBODY.kind:
                for access, total in found.items():
                    total.spare(self._anybody.get(access, Total()))
            totals = {access: each for access, each in found.items() if each.stores}
            if actor.kind in ("user", "role", "root"):  # others may act as it, and ask again
                self._totals[actor.key] = totals
        return totals

    def _sums(self, actor: Actor) -> Mapping[str, Total]:
        found: dict[str, Total] = {}
        for right in self._reasoner.rights(actor):
            by_key = _of_keys(right) and right.access != "decrypt"
            total = found.setdefault(_KEYS if by_key else right.access, Total())
            spread, named = right.given.spread, right.given.named
            known = self._of(right, spread.certain)
            total.certain |= known
            for truth, bits in spread.unclear:
                stores = self._of(right, bits)
                total.unclear[truth] = total.unclear.get(truth, 0) | stores
                known |= stores
            total.named |= known if named == spread.known_of else self._of(right, named)
            if len(total.sources) < _MOST_SOURCES:
                total.sources.update(self._reasoner.sources(right))
        for total in found.values():
            rests = {truth: bits & ~total.certain for truth, bits in total.unclear.items()}
            total.unclear = {truth: rest for truth, rest in rests.items() if rest}
        return found

    def _of(self, right: Right, bits: int) -> int:
        """Return the stores that resources are, or that keys encrypt."""
        if not bits:
            return 0
        if not _of_keys(right):
            return self._stores.placed(right.segment, bits)
        found = 0
        for place in members(bits):
            found |= self._encrypted.get(right.segment.resources[place].id, 0)
        return found


def _of_keys(right: Right) -> bool:
    return _is_key(right.segment.resources[0])


def _is_key(resource: Resource) -> bool:
    return resource.service == "kms" and resource.kind == "key"


def _by_key(resources: Iterable[Resource], stores: Extents) -> Mapping[str, int]:
    found: dict[str, list[str]] = {}
    for each in resources:
        if not _is_key(each) and isinstance(each.key_id, str) and each.key_id:
            found.setdefault(each.key_id, []).append(each.id)
    return {key: stores.places(ids) for key, ids in found.items()}


def direct_grants(actor: Actor, totals: Mapping[str, Total]) -> Iterator[Grant]:
    """Yield what a principal has without acting as another one."""
    decrypts = totals.get("decrypt", Total())
    for access, total in sorted(totals.items()):
        by_keys = access in ACCESS_BY_KEYS
        for truth, stores in total.parts():
            if by_keys:
                stores &= ~(decrypts.certain if truth.value else decrypts.stores)
            if not stores:
                continue
            yield Grant(
                actor=actor,
                access=ACCESS_BY_KEYS.get(access, access),
                truth=truth,
                stores=stores,
                path=(CHANGES_KEYS,) if by_keys else (),
                statements=tuple(sorted(total.sources)[:_MOST_SOURCES]),
            )
