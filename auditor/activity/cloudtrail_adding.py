"""Adds up events of CloudTrail: the inner loop of reading logs.

Most events repeat another of the same file in all but moment, id and outcome. Such an event costs
two look-ups: who acted, by the bytes of the identity; and among what that caller did, what was
asked and what names the store. Only the first of its kind is worked out.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec.structs import astuple

from auditor.activity.cloudtrail_events import (
    ISSUING,
    MOST_BYTES,
    Actor,
    Mine,
    Operation,
    bytes_of,
)
from auditor.activity.cloudtrail_records import (
    NOTHING,
    UNREADABLE,
    Additional,
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

_Where = tuple[str | None, ...]  # region, address, endpoint and account, as an event says them
_Asked = tuple[str, str, bool | None, bool | None, Any, str]
_Sums = list[Any]  # in the order of SUMMARY_VALUES without the file; a list is fastest to change

_NOWHERE: Final = ("",)
_RAW: Final = {bytes, str, type(None)}  # what names the store, not decoded yet
_mine: Final = Mine()


class _Place:
    """Somebody at one address, in the log of one account and region: one object for each."""

    __slots__ = ("account", "actor", "region", "where")

    def __init__(self, actor: Actor, account: str, region: str, where: tuple[str, str]) -> None:
        self.actor = actor
        self.account = account
        self.region = region
        self.where = where


class _Caller:
    """Events with the same bytes of identity, address, endpoint, account and region.

    Attributes:
        said: those fields but for the identity.
        others: all callers with this identity, by those fields.
        known: sums by what was asked, what names the store, and day.
    """

    __slots__ = ("known", "others", "place", "said")

    def __init__(self, said: _Where, place: _Place, others: "dict[_Where, _Caller]") -> None:
        self.said = said
        self.place = place
        self.others = others
        self.known: dict[_Asked, _Sums] = {}
        others[said] = self


class Adding:
    """Adds up the events of one file."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._moments: dict[str, tuple[str, str]] = {}
        self._last: dict[bytes, _Caller] = {}  # by identity: most callers stay where they are
        self._places: dict[tuple[Actor, str, str, tuple[str, str]], _Place] = {}
        self._sums: dict[tuple[_Place, str, Operation, str], _Sums] = {}
        self._once: Callable[[Any, Any], Any] = {}.setdefault
        self._shared = _mine.shared
        self._shared.shrink()

    def add_all(self, events: Sequence[Event], first: int = 1) -> None:  # noqa: C901  calls cost
        """Count events, of which the first is this one of the file; refuse those without moment."""
        moments, last, services = self._moments, self._last, self._shared.services
        self.tally.events += len(events)
        for number, event in enumerate(events, first):
            # As a tuple: attributes, one by one, would take longer.
            (
                raw, text, source, name, region, address, error, asked,
                _, more, id_, reads, listed, manages, account, endpoint,
            ) = astuple(event)  # fmt: skip
            when = moments.get(text) or self._moment(text, number)
            if when is None:
                continue
            moment, day = when
            identity, where = bytes(raw), (region, address, endpoint, account)
            caller = last.get(identity)
            if caller is None or caller.said != where:
                other = caller and caller.others.get(where)
                caller = last[identity] = other or self._caller(event, identity, where)
            lists, decode, issues = services.get(source) or self._shared.service(source)
            about, sums, key = None, None, None
            try:
                if lists and listed is not NOTHING:
                    about = bytes(listed)
                elif decode is not None:
                    about = decode(asked)
                key = (source, name, reads, manages, about, day)
                sums = caller.known.get(key)
            except (TypeError, *UNREADABLE):  # a value is an object; parameters are none
                key = None
            if sums is None:
                sums = self._work_out(event, caller, about, moment, key)
            if sums:
                _count(sums, moment, id_, error, more)
                if issues and name.startswith(ISSUING):
                    self._add_chain(event, caller.place.actor, moment)

    def _moment(self, text: str, number: int) -> tuple[str, str] | None:
        moment = moment_of(text)
        if not moment:
            self.tally.events -= 1
            self.tally.refuse(f"record {number}", "has a moment that is none")
            return None
        day = moment[:10]
        when = self._moments[text] = (moment, self._once(day, day))
        return when

    def _caller(self, event: Event, identity: bytes, said: _Where) -> _Caller:
        """Return the caller of an event, who was not heard of yet."""
        region, address, endpoint, account = said
        origin, others = self.tally.origin, self._last.get(identity)
        actor = self._shared.actors.get(identity)
        if actor is None:
            actor = self._shared.actor(event.identity, identity, region or origin.region)
        within = account or origin.account or actor.who.principal_account
        place = self._place(actor, within, region or origin.region, (address or "", endpoint or ""))
        # What is compared most should stay in the CPU's cache: the same text as one object.
        once = self._once
        said = (once(region, region), address, endpoint, once(account, account))
        return _Caller(said, place, others.others if others else {})

    def _place(self, actor: Actor, account: str, region: str, where: tuple[str, str]) -> _Place:
        key = (actor, account, region, where)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = _Place(*key)
        return place

    def _work_out(
        self, event: Event, caller: _Caller, about: Any, moment: str, key: _Asked | None
    ) -> _Sums | None:
        """Return the sums that an event adds to; None if it is special, and was counted here.

        Args:
            about: what names the store.
            key: what like events of the caller have in common; None if that cannot be said.
        """
        asked = (event.source, event.operation, event.read_only, event.management)
        operation = self._shared.operations.get(asked) or self._shared.operation(asked)
        place = caller.place
        stores, sure = self._stores(event, operation, about, place)
        if operation.special or place.actor.federated:
            self._add_special(event, operation, place, stores, moment)
            return None
        for store in stores[1:]:
            sums = self._sums_of(place, operation, store, moment, event.id)
            _count(sums, moment, event.id, event.error, None)
        sums = self._sums_of(place, operation, stores[0], moment, event.id)
        if key and sure and len(stores) == 1:
            once = self._once
            caller.known[once(key[0], key[0]), once(key[1], key[1]), *key[2:]] = sums
        return sums

    def _sums_of(
        self, place: _Place, operation: Operation, store: str, moment: str, named: str
    ) -> _Sums:
        key = (place, moment[:10], operation, store)
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = [moment, moment, 0, 0, 0, 0, named, named]
        return sums

    def _stores(
        self, event: Event, operation: Operation, about: Any, place: _Place
    ) -> tuple[tuple[str, ...], bool]:
        """Return what the event was about: the bucket, the resources, or what was asked for.

        And whether all events of the caller that look alike are about the same.
        """
        if isinstance(about, bytes):
            found = self._shared.resources.get(about) or self._shared.named_in(about)
            if found:
                return found, True
        if type(about) in _RAW:
            about = named_of(operation.named, event)
        if operation.s3:
            bucket = bucket_arn(as_text(getattr(about, "bucketName", None)), place.region)
            if bucket:
                return (bucket,), True
            found = self._shared.named_in(bytes(event.resources))
            if found:
                return found, False
        asked = of_parameters(operation.service, about, place.region, place.account)
        return asked or _NOWHERE, event.resources is NOTHING

    def _add_special(
        self,
        event: Event,
        operation: Operation,
        place: _Place,
        stores: tuple[str, ...],
        moment: str,
    ) -> None:
        """Count an event that says something of its own: a sign-in, a credential, a copy."""
        parameters, response = parameters_of(event), response_of(event)
        actor, account, region = place.actor, place.account, place.region
        if actor.federated or event.additional is not None:
            additional = read_additional(event.additional)
            who = actor_at_sign_in(actor.who, parameters, additional, account, region)
            actor = self._shared.acting(who)
            place = self._place(actor, account, region, place.where)
        if operation.issues:
            self._add_chain(event, actor, moment)
        service, name, _ = operation.columns
        source = source_of(name, parameters, region)
        about = [(operation, store) for store in stores]
        about += [(self._shared.named(service, name, READ), source)] if source else []
        for number, (done, store) in enumerate(about):
            sums = self._sums_of(place, done, store, moment, event.id)
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
        for (place, day, operation, store), sums in self._sums.items():
            actor = place.actor
            where = (source, day, place.account, place.region)
            rest = (store, *place.where, actor.second_factor, file, *sums)
            rows.append(where + operation.columns + actor.columns + rest)


def _count(sums: _Sums, moment: str, named: str, error: str | None, more: Any) -> None:  # noqa: C901
    """Add one event, by its moment, id, error and additional data, if those count."""
    sums[2] += 1
    if error is not None:
        sums[3] += 1
    if more is not None:
        out = more.bytes_out if type(more) is Additional else None
        if type(out) is not int or not 0 <= out <= MOST_BYTES:
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
