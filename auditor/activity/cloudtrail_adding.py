"""Adds up events of CloudTrail: the inner loop of reading logs.

Most events repeat another of the same file in all but moment, id and outcome. Such an event costs
three look-ups: who acted, by the bytes of the identity; what was asked, from where and in which
account; and within that, by who acted and what names the store. Only the first of its kind is
worked out.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec.structs import astuple

from auditor.activity.cloudtrail_events import Actor, Mine, Operation, bytes_of
from auditor.activity.cloudtrail_records import (
    NOTHING,
    UNREADABLE,
    Event,
    as_text,
    moment_of,
    named_of,
    parameters_of,
    read_additional,
    response_of,
)
from auditor.activity.cloudtrail_special import actor_at_sign_in, chain_of, has_failed, source_of
from auditor.activity.cloudtrail_stores import bucket_arn, of_parameters
from auditor.activity.operations import READ
from auditor.activity.partial import Tally

_ShortKey = tuple[str, str, str, Operation, Actor, str, str, str]
_Sums = list[Any]  # in the order of SUMMARY_VALUES without the file; a list is fastest to change

_NOWHERE: Final = ("",)
_ASKED: Final = slice(2, 10)  # fields of an event: from the source to whether it manages
_mine: Final = Mine()


class _Group:
    """Events that ask for the same, from the same address, in the same account and region.

    Attributes:
        listed: resources, where there are any, name the stores.
    """

    __slots__ = ("issues", "listed", "named", "operation")

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self.listed = not operation.s3  # S3 lists the object too: no two events would be alike
        self.issues = operation.issues
        self.named = operation.named


class Adding:
    """Adds up the events of one file."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._moments: dict[str, tuple[str, str]] = {}
        self._groups: dict[Any, _Group] = {}
        # By group, identity, what names the store, and day: one table, since most would be small.
        self._known: dict[tuple[_Group, bytes, Any, str], _Sums] = {}
        self._sums: dict[_ShortKey, _Sums] = {}
        self._once: Callable[[Any, Any], Any] = {}.setdefault
        self._shared = _mine.shared
        self._shared.shrink()

    def add_all(self, events: Iterable[Event], first: int = 1) -> None:  # noqa: C901  calls cost
        """Count events, of which the first is this one of the file; refuse those without moment."""
        moments, groups, known, counted = self._moments, self._groups, self._known, 0
        # By tuples: attributes, one by one, would take longer.
        for number, event in enumerate(events, first):
            said = astuple(event)
            identity, text, _, _, _, _, _, _, _, _, error, asked, _, more, named, listed = said
            when = moments.get(text) or self._moment(text, number)
            if when is None:
                continue
            counted += 1
            moment, day = when
            group = groups.get(said[_ASKED]) or self._group(event, said[_ASKED])
            who, about = bytes(identity), None
            try:
                if group.listed and listed is not NOTHING:
                    about = bytes(listed)
                elif group.named is not None:
                    about = group.named(asked)
                sums = known.get((group, who, about, day))
            except (TypeError, *UNREADABLE):  # a value is an object; parameters are none
                sums, day = None, ""
            if sums is None:
                sums = self._work_out(event, group, (who, about, day), moment)
                if sums is None:
                    continue
            _count(sums, moment, named, error, more)
            if group.issues:
                self._add_chain(event, self._actor(event, who), moment)
        self.tally.events += counted

    def _group(self, event: Event, asked: Any) -> _Group:
        key = (event.source, event.operation, event.read_only, event.management)
        operation = self._shared.operations.get(key) or self._shared.operation(key)
        group = self._groups[asked] = _Group(operation)
        return group

    def _actor(self, event: Event, identity: bytes) -> Actor:
        found = self._shared.actors.get(identity)
        if found is None:
            region = event.region or self.tally.origin.region
            found = self._shared.actor(event.identity, identity, region)
        return found

    def _moment(self, text: str, number: int) -> tuple[str, str] | None:
        moment = moment_of(text)
        if not moment:
            self.tally.refuse(f"record {number}", "has a moment that is none")
            return None
        when = self._moments[text] = (moment, moment[:10])
        return when

    def _work_out(
        self, event: Event, group: _Group, known: tuple[bytes, Any, str], moment: str
    ) -> _Sums | None:
        """Return the sums that an event adds to; None if it is special, and was counted here."""
        operation, origin, (identity, about, _) = group.operation, self.tally.origin, known
        actor = self._actor(event, identity)
        region = event.region or origin.region
        account = event.account or origin.account or actor.who.principal_account
        place = (moment[:10], account, region)
        stores, sure = self._stores(event, operation, about, region, account)
        if operation.special or actor.federated:
            self._add_special(event, operation, actor, stores, place, moment)
            return None
        where = (event.address or "", event.endpoint or "")
        for store in stores[1:]:
            key = (*place, operation, actor, store, *where)
            _count(self._sums_of(key, moment, event.id), moment, event.id, event.error, None)
        sums = self._sums_of((*place, operation, actor, stores[0], *where), moment, event.id)
        if sure and known[2] and len(stores) == 1:
            once = self._once
            self._known[group, once(identity, identity), about, known[2]] = sums
        return sums

    def _sums_of(self, key: _ShortKey, moment: str, named: str) -> _Sums:
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = [moment, moment, 0, 0, 0, 0, named, named]
        return sums

    def _stores(
        self, event: Event, operation: Operation, about: Any, region: str, account: str
    ) -> tuple[tuple[str, ...], bool]:
        """Return what the event was about: the bucket, the resources, or what was asked for.

        And whether all events of its group that look alike are about the same.
        """
        if isinstance(about, bytes):
            found = self._shared.resources.get(about) or self._shared.named_in(about)
            if found:
                return found, True
        if about is None or isinstance(about, bytes | str):
            about = named_of(operation.named, event)
        if operation.s3:
            bucket = bucket_arn(as_text(getattr(about, "bucketName", None)), region)
            if bucket:
                return (bucket,), True
            found = self._shared.named_in(bytes(event.resources))
            if found:
                return found, False
        asked = of_parameters(operation.service, about, region, account)
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
            additional = read_additional(event.additional)
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
            _count(sums, moment, event.id, event.error, None if number else event.additional)
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


def _count(sums: _Sums, moment: str, named: str, error: str | None, more: Any) -> None:
    """Add one event, by its moment, id, error and additional data, if those count."""
    sums[2] += 1
    if error is not None:
        sums[3] += 1
    if more is not None:
        out = bytes_of(more)
        if out is not None:
            sums[4] += out
            sums[5] += 1
    if moment < sums[0]:
        sums[0] = moment
    elif moment > sums[1]:
        sums[1] = moment
    if named < sums[6]:
        sums[6] = named
    elif named > sums[7]:
        sums[7] = named
