"""What independent witnesses say, and what of it nothing that was collected explains."""

from collections.abc import Callable
from dataclasses import dataclass

from auditor.model import Json

Ask = Callable[..., list[tuple[Json, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Which witnesses spoke of one account.

    Attributes:
        name: None where not known.
        active: False for an account that is closed or suspended.
        bill: first day of the bill and the day after its last; '' if no bill was read, or if it
            has no line.
        billed: the bill was read whole; None if that is not known, or if there is none.
        regions: regions that are, or may be, enabled for the account.
        explorer, config: those of them for which that inventory is set up to name everything; the
            first is Resource Explorer, or Resource Search in Oracle Cloud.
        inventoried: those of them where an inventory was heard to the end, or records.
    """

    provider: str
    account: str
    name: str | None
    active: bool | None
    bill: tuple[str, str]
    billed: bool | None
    regions: int
    explorer: int
    config: int
    inventoried: int

    @property
    def silent(self) -> bool:
        """Whether neither a bill nor an inventory speaks of it."""
        return not (self.bill[0] or self.billed or self.explorer or self.config or self.inventoried)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """Resources of one type that an inventory names and nothing explains.

    Attributes:
        names: the first of them, '' for an inventory that names types only.
    """

    witness: str
    type: str | None
    reason: str
    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    names: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """Lines of the bill that nothing explains, alike in service, currency and reason.

    Attributes:
        amount: their sum, a decimal number; '' if an amount could not be read.
    """

    service: str
    reason: str
    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    amount: str
    currency: str
    first: str
    after: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Calls recorded in the auditor's name that the evidence lacks, or that did not only read."""

    operation: str
    service: str
    account: str
    caller: str | None
    read_only: bool | None
    kept: bool | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """Everything that the report says of witnesses.

    Attributes:
        sightings, charges, calls: (rows, rows that nothing explains).
        offers: (provider, regions that its own list of services speaks of).
    """

    hearings: tuple[Hearing, ...]
    sighted: tuple[Sighted, ...]
    charged: tuple[Charged, ...]
    recorded: tuple[Recorded, ...]
    sightings: tuple[int, int]
    charges: tuple[int, int]
    calls: tuple[int, int]
    offers: tuple[tuple[str, int], ...]


def take_testimony(ask: Ask) -> Testimony:
    """Count what witnesses say.

    Args:
        ask: answers a query over the fact tables.
    """
    return Testimony(
        hearings=tuple(_hearing(row) for row in ask(_HEARINGS)),
        sighted=tuple(
            Sighted(
                witness=w,
                type=t,
                reason=why,
                accounts=tuple(a),
                regions=tuple(r),
                names=tuple(names),
                count=n,
            )
            for w, t, why, a, r, names, n in ask(_SIGHTED)
        ),
        charged=tuple(_charged(row) for row in ask(_CHARGED)),
        recorded=tuple(
            Recorded(
                operation=o, service=s, account=a, caller=c, read_only=reads, kept=kept, count=n
            )
            for o, s, a, c, reads, kept, n in ask(_RECORDED)
        ),
        sightings=_pair(ask(_WHOLE.format(table="sightings", holds="explained"))),
        charges=_pair(ask(_WHOLE.format(table="spend", holds="explained"))),
        calls=_pair(ask(_WHOLE.format(table="calls", holds="(kept AND read_only)"))),
        offers=tuple((provider, count) for provider, count in ask(_OFFERS)),
    )


def _hearing(row: tuple[Json, ...]) -> Hearing:
    provider, account, name, active, first, after, billed, regions, explorer, config, named = row
    return Hearing(
        provider=provider,
        account=account,
        name=name,
        active=active,
        bill=(first, after),
        billed=billed,
        regions=regions,
        explorer=explorer,
        config=config,
        inventoried=named,
    )


def _charged(row: tuple[Json, ...]) -> Charged:
    service, reason, accounts, regions, amount, currency, first, after, count = row
    return Charged(
        service=service,
        reason=reason,
        accounts=tuple(accounts),
        regions=tuple(regions),
        amount="" if amount is None else f"{amount.normalize():,f}",
        currency=currency,
        first=first,
        after=after,
        count=count,
    )


def _pair(found: list[tuple[Json, ...]]) -> tuple[int, int]:
    return found[0][0], found[0][1]


_WHOLE = "SELECT count(*), count(*) FILTER ({holds} IS NOT TRUE) FROM {table}"

# A bill whose reading broke off anywhere was not read whole. Oracle's Usage API is asked for all
# days at once, so that its answer needs no witness of its own; its index states each type.
_HEARINGS = """
WITH bills AS (
    SELECT account, min(period_start) AS first, max(period_end) AS after,
        bool_and(coalesce(complete, false)) AND NOT EXISTS (
            FROM coverage AS c WHERE c.open AND list_contains(c.tables, 'spend')
            AND c.account IN (witnesses.account, '')) AS whole
    FROM witnesses WHERE witness = 'bill' GROUP BY account
    UNION ALL
    SELECT c.account, coalesce(min(s.period_start), ''), coalesce(max(s.period_end), ''),
        bool_and(c.complete IS TRUE)
    FROM coverage AS c LEFT JOIN spend AS s ON s.account = c.account AND s.provider = c.provider
    WHERE c.collector = 'oci.usage.line' GROUP BY c.account HAVING bool_or(c.answers > c.refusals)
), places AS (
    SELECT account, region, bool_or(coalesce(inventoried, false)) AS inventoried
    FROM regions WHERE enabled IS NOT FALSE GROUP BY account, region
), named AS (
    SELECT account, region, bool_or(witness = 'config') AS config,
        bool_or(witness IN ('resource explorer', 'resource search')) AS explorer
    FROM witnesses
    WHERE complete AND region <> '' AND (name = '' OR witness = 'resource search')
    GROUP BY account, region
), counted AS (
    SELECT places.account, count(*) AS regions, count(*) FILTER (explorer) AS explorer,
        count(*) FILTER (config) AS config, count(*) FILTER (inventoried) AS inventoried
    FROM places LEFT JOIN named USING (account, region) GROUP BY places.account
)
SELECT a.provider, a.id, a.name, a.active, coalesce(b.first, ''), coalesce(b.after, ''), b.whole,
    coalesce(n.regions, 0), coalesce(n.explorer, 0), coalesce(n.config, 0),
    coalesce(n.inventoried, 0) AS inventoried
FROM accounts AS a LEFT JOIN bills AS b ON b.account = a.id LEFT JOIN counted AS n
    ON n.account = a.id
ORDER BY a.active = false, b.first IS NOT NULL, coalesce(n.inventoried / n.regions, 0),
    a.provider, a.id
"""

_SIGHTED = """
SELECT s.witness, s.type, coalesce(u.reason, ''), list_sort(list(DISTINCT s.account)),
    list_sort(list(DISTINCT s.region) FILTER (s.region IS NOT NULL)),
    min(s.resource_id, 3), count(*)
FROM sightings AS s LEFT JOIN unknowns AS u
    ON u.of_table = 'sightings' AND u.column = 'explained' AND u.row_id = s.id
WHERE s.explained IS NOT TRUE
GROUP BY s.witness, s.type, u.reason
ORDER BY count(*) DESC, s.type NULLS LAST, s.witness, u.reason
"""

_CHARGED = """
SELECT s.billed_service, coalesce(u.reason, ''), list_sort(list(DISTINCT s.account)),
    list_sort(list(DISTINCT s.region) FILTER (s.region IS NOT NULL)),
    CASE WHEN bool_and(try_cast(s.amount AS DECIMAL(28, 10)) IS NOT NULL)
        THEN sum(try_cast(s.amount AS DECIMAL(28, 10))) END AS amount,
    s.currency, min(s.period_start), max(s.period_end), count(*)
FROM spend AS s LEFT JOIN unknowns AS u
    ON u.of_table = 'spend' AND u.column = 'explained' AND u.row_id = s.id
WHERE s.explained IS NOT TRUE
GROUP BY s.billed_service, s.currency, u.reason
ORDER BY amount DESC NULLS FIRST, s.billed_service, s.currency, u.reason
"""

_RECORDED = """
SELECT operation, service, account, caller, read_only, kept, count(*)
FROM calls WHERE (kept AND read_only) IS NOT TRUE
GROUP BY ALL ORDER BY read_only NULLS LAST, count(*) DESC, operation, service, account, caller,
    kept
"""

_OFFERS = """
SELECT provider, count(DISTINCT region) FROM witnesses
WHERE witness = 'service list' AND name <> '' GROUP BY provider ORDER BY provider
"""
