"""Adds up events of CloudTrail: the inner loop of reading logs.

Most events repeat another of the same file in all but moment, id and outcome. Such an event costs
three look-ups: who acted, by the bytes of the identity; what was asked, from where and in which
account; and within that, by who acted and what names the store. Only the first of its kind is
worked out.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, Final

from auditor.activity.cloudtrail_events import Actor, Mine, Operation, bytes_of
from auditor.activity.cloudtrail_records import (
    NOTHING,
    Event,
    additional_of,
    as_text,
    moment_of,
    parameters_of,
    response_of,
)
from auditor.activity.cloudtrail_special import actor_at_sign_in, chain_of, has_failed, source_of
from auditor.activity.cloudtrail_stores import bucket_arn, of_parameters
from auditor.activity.operations import READ
from auditor.activity.partial import Tally

_ShortKey = tuple[str, str, str, Operation, Actor, str, str, str]
_Sums = list[Any]  # in the order of SUMMARY_VALUES without the file; a list is fastest to change

_NOWHERE: Final = ("",)
_asked: Final = attrgetter(
    *("source", "operation", "read_only", "management"),
    *("account", "region", "address", "endpoint"),
)
_mine: Final = Mine()


class _Group:
    """Events that ask for the same, from the same address, in the same account and region.

    Attributes:
        known: sums by actor, resources or those parameters, and day.
    """

    __slots__ = ("issues", "known", "named", "operation", "s3")

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self.s3 = operation.s3
        self.issues = operation.issues
        self.named = operation.named
        self.known: dict[tuple[Actor, Any, str], _Sums] = {}


class Adding:
    """Adds up the events of one file."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._moments: dict[str, tuple[str, str]] = {}
        self._groups: dict[Any, _Group] = {}
        self._sums: dict[_ShortKey, _Sums] = {}
        self._shared = _mine.shared
        self._shared.shrink()

    def add_all(self, events: Iterable[Event], first: int = 1) -> None:
        """Count events, of which the first is this one of the file; refuse those without moment."""
        moments, groups, counted = self._moments, self._groups, 0
        actors = self._shared.actors
        for number, event in enumerate(events, first):
            when = moments.get(event.moment) or self._moment(event.moment, number)
            if when is None:
                continue
            counted += 1
            moment, day = when
            asked = _asked(event)
            group = groups.get(asked) or self._group(event, asked)
            identity = bytes(event.identity)
            actor = actors.get(identity) or self._actor(event, identity)
            try:
                if group.s3 or event.resources is NOTHING:
                    about = group.named(event.parameters)
                else:
                    about = bytes(event.resources)
                known = (actor, about, day)
                sums = group.known.get(known)
            except (AttributeError, TypeError):  # there are none, or one is an object
                known, sums = (actor, None, ""), None
            if sums is None:
                sums = self._work_out(event, group, known, moment, day)
                if sums is None:
                    continue
            _count(sums, moment, event)
            if group.issues:
                self._add_chain(event, actor, moment)
        self.tally.events += counted

    def _group(self, event: Event, asked: Any) -> _Group:
        key = (event.source, event.operation, event.read_only, event.management)
        operation = self._shared.operations.get(key) or self._shared.operation(key)
        group = self._groups[asked] = _Group(operation)
        return group

    def _actor(self, event: Event, identity: bytes) -> Actor:
        region = event.region or self.tally.origin.region
        return self._shared.actor(event.identity, identity, region)

    def _moment(self, text: str, number: int) -> tuple[str, str] | None:
        moment = moment_of(text)
        if not moment:
            self.tally.refuse(f"record {number}", "has a moment that is none")
            return None
        when = self._moments[text] = (moment, moment[:10])
        return when

    def _work_out(
        self, event: Event, group: _Group, known: tuple[Actor, Any, str], moment: str, day: str
    ) -> _Sums | None:
        """Return the sums that an event adds to; None if it is special, and was counted here."""
        operation, origin, actor = group.operation, self.tally.origin, known[0]
        region = event.region or origin.region
        account = event.account or origin.account or actor.who.principal_account
        stores, sure = self._stores(event, operation, region, account)
        if operation.special or actor.federated:
            self._add_special(event, operation, actor, stores, (day, account, region), moment)
            return None
        address, endpoint = event.address or "", event.endpoint or ""
        for store in stores[1:]:
            key = (day, account, region, operation, actor, store, address, endpoint)
            _count(self._sums_of(key, moment, event.id), moment, event, about_bytes=False)
        key = (day, account, region, operation, actor, stores[0], address, endpoint)
        sums = self._sums_of(key, moment, event.id)
        if sure and len(stores) == 1 and known[2]:
            group.known[known] = sums
        return sums

    def _sums_of(self, key: _ShortKey, moment: str, named: str) -> _Sums:
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = [moment, moment, 0, 0, 0, 0, named, named]
        return sums

    def _stores(
        self, event: Event, operation: Operation, region: str, account: str
    ) -> tuple[tuple[str, ...], bool]:
        """Return what the event was about: the bucket, the resources, or what was asked for.

        And whether all events of its group that look alike are about the same.
        """
        parameters = parameters_of(event)
        name = as_text(parameters.bucketName) if operation.s3 else ""
        bucket = bucket_arn(name, region) if name else ""
        if bucket:
            return (bucket,), True
        if event.resources is not NOTHING:
            listed = bytes(event.resources)
            named = self._shared.resources.get(listed)
            if named is None:
                named = self._shared.named_in(event.resources, listed)
            if named:
                return named, not operation.s3
        asked = of_parameters(operation.service, parameters, region, account)
        return asked or _NOWHERE, event.resources is NOTHING

    def _add_special(
        self,
        event: Event,
        operation: Operation,
        actor: Actor,
        stores: tuple[str, ...],
        place: tuple[str, str, str],
        moment: str,
    ) -> None:
        """Count an event that says something of its own: a sign-in, a credential, a copy."""
        parameters, response = parameters_of(event), response_of(event)
        _, account, region = place
        if actor.federated or event.additional is not None:
            additional = additional_of(event)
            who = actor_at_sign_in(actor.who, parameters, additional, account, region)
            actor = self._shared.acting(who)
        if operation.issues:
            self._add_chain(event, actor, moment)
        service, name, _ = operation.columns
        source = source_of(name, parameters, region)
        about = [(operation, store) for store in stores]
        about += [(self._shared.named(service, name, READ), source)] if source else []
        for number, (done, store) in enumerate(about):
            key = (*place, done, actor, store, event.address or "", event.endpoint or "")
            sums = self._sums_of(key, moment, event.id)
            _count(sums, moment, event, about_bytes=not number)
            sums[3] += event.error is None and has_failed(response)

    def _add_chain(self, event: Event, actor: Actor, moment: str) -> None:
        region = event.region or self.tally.origin.region
        chain = chain_of(actor.who, parameters_of(event), response_of(event), moment, region)
        if chain:
            self.tally.chains.add(chain)

    def finish(self) -> None:
        """Write out the rows."""
        source, file, rows = self.tally.origin.source, self.tally.file, self.tally.rows
        for (day, account, region, operation, actor, *rest), sums in self._sums.items():
            where = source, day, account, region
            who, taken = actor.columns, actor.second_factor
            rows.append((*where, *operation.columns, *who, *rest, taken, file, *sums))


def _count(sums: _Sums, moment: str, event: Event, *, about_bytes: bool = True) -> None:
    sums[2] += 1
    if event.error is not None:
        sums[3] += 1
    if about_bytes and event.additional is not None:
        out = bytes_of(event)
        if out is not None:
            sums[4] += out
            sums[5] += 1
    if moment < sums[0]:
        sums[0] = moment
    elif moment > sums[1]:
        sums[1] = moment
    if event.id < sums[6]:
        sums[6] = event.id
    elif event.id > sums[7]:
        sums[7] = event.id
