"""Adds up events of CloudTrail: the inner loop of reading logs.

Events are added up by a short key whose parts are shared objects, so that most events cost a few
look-ups: who acted, by the bytes of its identity; which operation; which store; and the row. The
long keys of the summary are written out once per row, at the end.
"""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import Struct, field

from auditor.activity.cloudtrail_events import Actor, Operation, Shared, bytes_of
from auditor.activity.cloudtrail_records import Event, as_object, moment_of
from auditor.activity.cloudtrail_special import actor_at_sign_in, chain_of, has_failed, source_of
from auditor.activity.cloudtrail_stores import bucket_arn, of_parameters
from auditor.activity.operations import READ
from auditor.activity.partial import Tally

_ShortKey = tuple[str, str, str, Operation, Actor, str, str, str]

_NOWHERE: Final = ("",)
_shared: Final = Shared()


class _Bucket(Struct, gc=False):
    name: str | None = field(name="bucketName", default=None)


_decode_bucket: Final = msgspec.json.Decoder(_Bucket | None).decode


class Adding:
    """Adds up the events of one file.

    Sums are lists for speed, in the order of SUMMARY_VALUES without the file: first, last, events,
    errors, bytes_out, bytes_known, first_id, last_id.
    """

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._moments: dict[str, tuple[str, str]] = {}
        self._buckets: dict[str, tuple[str, ...]] = {}
        self._sums: dict[_ShortKey, list[Any]] = {}
        _shared.shrink()

    def add_all(self, events: Iterable[Event], first: int = 1) -> None:
        """Count events; those without a moment are malformed.

        Args:
            first: number of the first of them in the file.
        """
        operations, actors, moments = _shared.operations, _shared.actors, self._moments
        origin = self.tally.origin
        for number, event in enumerate(events, first):
            when = moments.get(event.moment) or self._moment(event.moment, number)
            if when is None:
                continue
            asked = (event.source, event.operation, event.read_only, event.management)
            operation = operations.get(asked) or _shared.operation(asked)
            region = event.region or origin.region
            identity = bytes(event.identity)
            actor = actors.get(identity) or _shared.actor(event.identity, identity, region)
            account = event.account or origin.account or actor.who.principal_account
            if operation.s3 or event.management is False:
                bytes_out = bytes_of(event.additional)
            else:
                bytes_out = None
            stores = self._stores(event, operation, region, account)
            place = (when[1], account, region)
            self.tally.events += 1
            if operation.special or actor.federated:
                self._add_special(event, operation, actor, stores, place, when[0], bytes_out)
                continue
            failed = event.error is not None
            for store in stores:
                key = (*place, operation, actor, store, event.address or "", event.endpoint or "")
                self._count(key, when[0], event.id, failed, bytes_out)
                bytes_out = None

    def _moment(self, text: str, number: int) -> tuple[str, str] | None:
        moment = moment_of(text)
        if not moment:
            self.tally.refuse(f"record {number}", "has a moment that is none")
            return None
        when = self._moments[text] = (moment, moment[:10])
        return when

    def _count(
        self, key: _ShortKey, moment: str, named: str, failed: bool, bytes_out: int | None
    ) -> None:
        sums = self._sums.get(key)
        known = bytes_out is not None
        if sums is None:
            self._sums[key] = [
                moment,
                moment,
                1,
                int(failed),
                bytes_out or 0,
                int(known),
                named,
                named,
            ]
            return
        sums[2] += 1
        if failed:
            sums[3] += 1
        if known:
            sums[4] += bytes_out
            sums[5] += 1
        if moment < sums[0]:
            sums[0] = moment
        elif moment > sums[1]:
            sums[1] = moment
        if named < sums[6]:
            sums[6] = named
        elif named > sums[7]:
            sums[7] = named

    def _stores(
        self, event: Event, operation: Operation, region: str, account: str
    ) -> tuple[str, ...]:
        """Return what the event was about: the bucket, the resources, or what was asked for."""
        if operation.s3:
            try:
                bucket = _decode_bucket(event.parameters)
                name = bucket.name if bucket else None
            except (msgspec.DecodeError, RecursionError):
                name = None
            if name is not None:
                found = self._buckets.get(name)
                if found is None:
                    found = self._buckets[name] = bucket_arn(name, region)
                if found:
                    return found
        listed = bytes(event.resources)
        named = _shared.resources.get(listed)
        if named is None:
            named = _shared.named_in(event.resources, listed)
        if not named:
            named = of_parameters(operation.service, event.parameters, region, account)
        return named or _NOWHERE

    def _add_special(
        self,
        event: Event,
        operation: Operation,
        actor: Actor,
        stores: tuple[str, ...],
        place: tuple[str, str, str],
        moment: str,
        bytes_out: int | None,
    ) -> None:
        """Count an event that says something of its own: a sign-in, a credential, a copy."""
        parameters, response = as_object(event.parameters), as_object(event.response)
        additional = as_object(event.additional)
        _, account, region = place
        actor = _shared.acting(actor_at_sign_in(actor.who, parameters, additional, account, region))
        chain = chain_of(actor.who, parameters, response, moment, region)
        if chain:
            self.tally.chains.add(chain)
        failed = event.error is not None or has_failed(response)
        request = (event.address or "", event.endpoint or "")
        for store in stores:
            key = (*place, operation, actor, store, *request)
            self._count(key, moment, event.id, failed, bytes_out)
            bytes_out = None
        source = source_of(operation.columns[1], parameters, region)
        if source:
            service, name, _ = operation.columns
            reading = _shared.named(service, name, READ)
            self._count((*place, reading, actor, source, *request), moment, event.id, failed, None)

    def finish(self) -> None:
        """Write out the rows."""
        source = self.tally.origin.source
        file = self.tally.file
        for (day, account, region, operation, actor, *rest), sums in self._sums.items():
            self.tally.rows.append(
                (
                    *(source, day, account, region),
                    *operation.columns,
                    *actor.columns,
                    *rest,
                    actor.second_factor,
                    file,
                    *sums,
                )
            )
