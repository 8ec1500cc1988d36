"""Everything that decides an audit besides evidence and policies."""

from dataclasses import dataclass
from datetime import date, timedelta

from auditor.model.inputs import (
    ClassificationRule,
    LogSource,
    PackChoice,
    Party,
    Person,
    RegisterEntry,
    Signer,
    Target,
    Waiver,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Everything that decides an audit besides evidence and policies: ``audit.json``.

    Attributes:
        as_of: the moment that the audit speaks of, UTC, ISO 8601 with a Z.
        period_start, period_end: the period covered, ISO 8601 dates.
        transport: reasons to doubt that answers came from the providers themselves
            (endpoint overrides, proxies, extra CA bundles, simulators); empty if none.
        shards: the parts of a shared collection that the evidence holds, as '3/8'; () is all of it.
        register: exceptions that the parties registered.
        logs: where audit logs lie.
        code: patterns of the full names of repositories in scope; () where nobody named any.
        ephemeral_key: True when the bundle is signed by a key made for this run only.
    """

    id: str
    agreement: str
    company: str
    as_of: str
    period_start: str
    period_end: str
    tool_version: str
    targets: tuple[Target, ...]
    parties: tuple[Party, ...] = ()
    boundary_accounts: tuple[str, ...] = ()
    classification: tuple[ClassificationRule, ...] = ()
    roster: tuple[Person, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    signers: tuple[Signer, ...] = ()
    packs: tuple[PackChoice, ...] = ()
    transport: tuple[str, ...] = ()
    ephemeral_key: bool = False
    shards: tuple[str, ...] = ()
    register: tuple[RegisterEntry, ...] = ()
    logs: tuple[LogSource, ...] = ()
    code: tuple[str, ...] = ()

    @property
    def after_period(self) -> str:
        """The day after the period, or the day after the audit's moment if that is earlier.

        No bill speaks of days to come; a question about them is refused as a whole.
        """
        last = min(date.fromisoformat(self.period_end), date.fromisoformat(self.as_of[:10]))
        return (last + timedelta(days=1)).isoformat()
