"""Why one principal can, or cannot, reach one store: answers and the statements behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from auditor.access.truth import Truth
from auditor.model import Json

YES, CONDITIONAL, UNKNOWN, NO = "yes", "conditional", "unknown", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer in words.

    Attributes:
        verdict: 'yes', 'conditional', 'unknown' or 'no'.
        depends_on: keys and variables of the request that decide, sorted.
        reasons: why it cannot be told, as sentences without full stop, sorted.
    """

    verdict: str
    depends_on: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, truth: Truth) -> Self:
        """Put a truth into words."""
        if truth.value is not None:
            return cls(verdict=YES if truth.value else NO)
        return cls(
            verdict=UNKNOWN if truth.unknown else CONDITIONAL,
            depends_on=tuple(sorted(truth.depends_on)),
            reasons=tuple(sorted(truth.reasons)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One statement, or one rule of the provider's, as it was weighed.

    Attributes:
        stage: kind of policy: 'service control policy', 'identity policy'…
        effect: 'allow', 'deny' or ''.
        applies: whether it does to what is asked.
        why: the same as a sentence without full stop.
        written: the statement's elements as they were written; empty for a rule.
        policy: policy that it is a statement of; '' for a rule.
        number: its place there, counted from 1; 0 where it has none.
        evidence: records that it was read from.
    """

    stage: str
    effect: str
    applies: Told
    why: str
    written: Mapping[str, Json] = field(default_factory=dict)
    policy: str = ""
    number: int = 0
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step of a way to a store.

    Attributes:
        by: principal that takes it.
        says: what it does, in words.
        action: that was asked about; '' where no action of the provider's is.
        alike: other actions with the same answer, for the same statements.
        told: whether it is allowed.
        weighed: in the order in which they count.
    """

    by: str
    says: str
    told: Told
    action: str = ""
    alike: tuple[str, ...] = ()
    weighed: tuple[Weighed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """One way in which access is given or refused; of several links if by way of others."""

    told: Told
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One kind of access: the answer, and every way that was looked at, the telling one first."""

    access: str
    told: Told
    manners: tuple[Manner, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What one principal has to one store, and why.

    Attributes:
        notes: what else bears on all of it, as sentences without full stop.
    """

    principal: str
    store: str
    answers: tuple[Answer, ...]
    notes: tuple[str, ...] = ()


_ORDER = (YES, UNKNOWN, CONDITIONAL, NO)


def answered(access: str, manners: Iterable[Manner], doubts: Iterable[str] = ()) -> Answer:
    """Bring the ways to one kind of access together: any of them is enough.

    Args:
        doubts: why nobody may be told that there is none.
    """
    ordered = sorted(
        manners, key=lambda each: (_ORDER.index(each.told.verdict), len(each.links) > 1)
    )
    verdict = ordered[0].told.verdict if ordered else NO
    alike = [each for each in ordered if each.told.verdict == verdict]
    direct = [each for each in alike if len(each.links) == 1] or alike
    reasons = {reason for each in direct for reason in each.told.reasons}
    if verdict in (NO, CONDITIONAL):
        found = set(doubts)
        verdict, reasons = (UNKNOWN, reasons | found) if found else (verdict, reasons)
    told = Told(
        verdict=verdict,
        depends_on=tuple(sorted({key for each in alike for key in each.told.depends_on})),
        reasons=tuple(sorted(reasons)),
    )
    return Answer(access=access, told=told, manners=tuple(ordered))
