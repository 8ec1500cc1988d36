"""Powers that are about no store: over what records, and over what prevents.

Whoever stops a trail, or lifts a block, reaches nothing by that; it makes that others may without
being seen or stopped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.grants import Total
from auditor.access.rights import Reasoner

TRAILS, GUARDRAILS = "change trails", "change guardrails"
_ACCOUNT, _MANAGING = "account", "managing account"
_OF_AN_ACCOUNT: Mapping[str, str] = {
    "cloudtrail:stoplogging": TRAILS,
    "cloudtrail:deletetrail": TRAILS,
    "cloudtrail:updatetrail": TRAILS,
    "cloudtrail:puteventselectors": TRAILS,
    "cloudtrail:deleteeventdatastore": TRAILS,
    "cloudtrail:updateeventdatastore": TRAILS,
    "cloudtrail:stopeventdatastoreingestion": TRAILS,
    "s3:putaccountpublicaccessblock": GUARDRAILS,
    "ec2:disablesnapshotblockpublicaccess": GUARDRAILS,
    "ec2:disableimageblockpublicaccess": GUARDRAILS,
    "organizations:leaveorganization": GUARDRAILS,
}
_OF_AN_ORGANIZATION: Mapping[str, str] = {
    "organizations:detachpolicy": GUARDRAILS,
    "organizations:updatepolicy": GUARDRAILS,
    "organizations:deletepolicy": GUARDRAILS,
    "organizations:disablepolicytype": GUARDRAILS,
    "organizations:moveaccount": GUARDRAILS,
    "organizations:removeaccountfromorganization": GUARDRAILS,
}


class Powers:
    """What each principal can do to the trails and guardrails of accounts."""

    def __init__(self, estate: Estate, accounts: Sequence[str], managing: Iterable[str]) -> None:
        """Index the accounts.

        Args:
            accounts: in the order of the places that ``totals`` speaks of.
            managing: those among them that manage an organisation.
        """
        self._places = {account: place for place, account in enumerate(accounts)}
        managing = set(managing)
        resources = [
            Resource(
                id=f"account/{each}",
                service="account",
                kind=_MANAGING if each in managing else _ACCOUNT,
                account=each,
            )
            for each in accounts
        ]
        alone = replace(estate, resources={}, resource={each.id: () for each in resources})
        self._reasoner = Reasoner(alone, resources, _access_of, _scopes_of)
        self._totals: dict[tuple[str, str], Mapping[str, Total]] = {}

    def totals(self, actor: Actor) -> Mapping[str, Total]:
        """Return power -> accounts over which a principal has it, by place."""
        key = (actor.key, actor.account)  # a service may act for several accounts
        if key not in self._totals:
            self._totals[key] = self._sums(actor)
        return self._totals[key]

    def _sums(self, actor: Actor) -> Mapping[str, Total]:
        found: dict[str, Total] = {}
        for right in self._reasoner.rights(actor):
            total = found.setdefault(right.access, Total())
            total.sources.update(self._reasoner.sources(right))
            places = [self._places[each.account] for each in right.segment.resources]
            total.certain |= _moved(right.given.spread.certain, places)
            for truth, bits in right.given.spread.unclear:
                total.unclear[truth] = total.unclear.get(truth, 0) | _moved(bits, places)
        return found


def _moved(bits: int, places: Sequence[int]) -> int:
    return sum(1 << place for n, place in enumerate(places) if bits >> n & 1)


def _access_of(_: str, kind: str) -> Mapping[str, str]:
    return {**_OF_AN_ACCOUNT, **_OF_AN_ORGANIZATION} if kind == _MANAGING else _OF_AN_ACCOUNT


def _scopes_of(resource: Resource, action: str) -> tuple[str, ...]:
    service = action.partition(":")[0]
    if service == "cloudtrail":
        return (f"arn:aws:cloudtrail:*:{resource.account}:*",)
    return ("",)  # what AWS knows no resource for, or one of every account
