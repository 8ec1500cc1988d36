"""Adds up events of CloudTrail: the inner loop of reading logs.

Events are added up by a short key whose parts are shared objects, so that most events cost a few
look-ups: who acted, by the bytes of its identity; which operation; which store; and the row. The
long keys of the summary are written out once per row, at the end.
"""

from collections.abc import Iterable
from typing import Any, Final

from auditor.activity.cloudtrail_events import Actor, Operation, Shared, bytes_of
from auditor.activity.cloudtrail_parameters import Parameters
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

_Place = tuple[str, str, str]  # day, account, region
_ShortKey = tuple[str, str, str, Operation, Actor, str, str, str]
_Sums = list[Any]  # in the order of SUMMARY_VALUES without the file; a list is fastest to change

_NOWHERE: Final = ("",)
_shared: Final = Shared()


class Adding:
    """Adds up the events of one file."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._moments: dict[str, tuple[str, str]] = {}
        self._buckets: dict[str, tuple[str, ...]] = {}
        self._sums: dict[_ShortKey, _Sums] = {}
        _shared.shrink()
        self._resources = _shared.resources

    # One long function, since calls would make up a third of its time.
    def add_all(self, events: Iterable[Event], first: int = 1) -> None:  # noqa: C901, PLR0915
        """Count events, of which the first is this one of the file; refuse those without moment."""
        operations, actors, moments = _shared.operations, _shared.actors, self._moments
        origin, buckets, sums_of, counted = self.tally.origin, self._buckets, self._sums, 0
        for number, event in enumerate(events, first):
            when = moments.get(event.moment) or self._moment(event.moment, number)
            if when is None:
                continue
            counted += 1
            moment, day = when
            asked = (event.source, event.operation, event.read_only, event.management)
            operation = operations.get(asked) or _shared.operation(asked)
            region = event.region or origin.region
            identity = bytes(event.identity)
            actor = actors.get(identity) or _shared.actor(event.identity, identity, region)
            account = event.account or origin.account or actor.who.principal_account
            parameters: Any = event.parameters
            stores = None
            if operation.s3 and type(parameters) is Parameters:
                name = parameters.bucketName
                stores = buckets.get(name) if type(name) is str else None
            if operation.special or actor.federated:
                self._add_special(event, operation, actor, (day, account, region))
                continue
            named, address, endpoint = event.id, event.address or "", event.endpoint or ""
            out = None if event.additional is None else bytes_of(event)
            for store in stores or self._stores(event, operation, region, account):
                key = (day, account, region, operation, actor, store, address, endpoint)
                sums = sums_of.get(key)
                if sums is None:
                    sums = sums_of[key] = [moment, moment, 0, 0, 0, 0, named, named]
                sums[2] += 1
                if event.error is not None:
                    sums[3] += 1
                if out is not None:
                    sums[4] += out
                    sums[5] += 1
                    out = None
                if moment < sums[0]:
                    sums[0] = moment
                elif moment > sums[1]:
                    sums[1] = moment
                if named < sums[6]:
                    sums[6] = named
                elif named > sums[7]:
                    sums[7] = named
        self.tally.events += counted

    def _moment(self, text: str, number: int) -> tuple[str, str] | None:
        moment = moment_of(text)
        if not moment:
            self.tally.refuse(f"record {number}", "has a moment that is none")
            return None
        when = self._moments[text] = (moment, moment[:10])
        return when

    def _stores(
        self, event: Event, operation: Operation, region: str, account: str
    ) -> tuple[str, ...]:
        """Return what the event was about: the bucket, the resources, or what was asked for."""
        parameters = parameters_of(event)
        name = as_text(parameters.bucketName) if operation.s3 else ""
        bucket = bucket_arn(name, region) if name else ""
        if bucket:
            found = self._buckets[name] = (bucket,)
            return found
        if event.resources is not NOTHING:
            listed = bytes(event.resources)
            named = self._resources.get(listed)
            if named is None:
                named = _shared.named_in(event.resources, listed)
            if named:
                return named
        asked = of_parameters(operation.service, parameters, region, account)
        return asked or _NOWHERE

    def _add_special(
        self,
        event: Event,
        operation: Operation,
        actor: Actor,
        place: _Place,
    ) -> None:
        """Count an event that says something of its own: a sign-in, a credential, a copy."""
        parameters, response = parameters_of(event), response_of(event)
        moment, (_, account, region) = self._moments[event.moment][0], place
        stores = self._stores(event, operation, region, account)
        if actor.federated or event.additional is not None:
            additional = additional_of(event)
            who = actor_at_sign_in(actor.who, parameters, additional, account, region)
            actor = _shared.acting(who)
        chain = chain_of(actor.who, parameters, response, moment, region)
        if chain:
            self.tally.chains.add(chain)
        service, name, _ = operation.columns
        source = source_of(name, parameters, region)
        about = [(operation, store) for store in stores]
        about += [(_shared.named(service, name, READ), source)] if source else []
        failed, out = event.error is not None or has_failed(response), bytes_of(event)
        for done, store in about:
            key = (*place, done, actor, store, event.address or "", event.endpoint or "")
            sums = self._sums.setdefault(key, [moment, moment, 0, 0, 0, 0, event.id, event.id])
            numbers = 1, int(failed), out or 0, int(out is not None)
            sums[2:6] = (a + b for a, b in zip(sums[2:6], numbers, strict=True))
            sums[0], sums[1] = min(sums[0], moment), max(sums[1], moment)
            sums[6], sums[7] = min(sums[6], event.id), max(sums[7], event.id)
            out = None

    def finish(self) -> None:
        """Write out the rows."""
        source, file, rows = self.tally.origin.source, self.tally.file, self.tally.rows
        for (day, account, region, operation, actor, *rest), sums in self._sums.items():
            where = source, day, account, region
            who, taken = actor.columns, actor.second_factor
            rows.append((*where, *operation.columns, *who, *rest, taken, file, *sums))
