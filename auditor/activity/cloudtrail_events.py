"""The parts that many events of CloudTrail share, each worked out once."""

import threading
from collections.abc import Callable
from typing import Any, Final

from msgspec import Raw

from auditor.activity.cloudtrail_identity import FEDERATED, Who, identify
from auditor.activity.cloudtrail_parameters import decoder_of
from auditor.activity.cloudtrail_records import Additional, read_additional
from auditor.activity.cloudtrail_special import COPYING
from auditor.activity.cloudtrail_stores import of_resources
from auditor.activity.operations import SIGN_IN, access_of_event

MOST: Final = 50_000
"""Entries at which a table of what was worked out is emptied, between two files."""

_S3: Final = frozenset({"s3", "s3express", "s3-outposts"})
ISSUING: Final = ("AssumeRo", "GetFederationToken", "GetSessionToken")
_PLAIN: Final = ("AssumeRo", "GetFederationToken")  # unless somebody federated asks


class Operation:
    """An operation of one service, compared by identity.

    Attributes:
        columns: service, operation and access, as in a summary.
        named: decodes those parameters of a request that can name its store; None if none can.
        issues: its events say which credential was issued.
        special: its events say what others do not: how somebody signed in, what was copied.
    """

    __slots__ = ("columns", "issues", "named", "s3", "service", "special")

    def __init__(self, service: str, name: str, access: str) -> None:
        self.service = service
        self.columns = (service, name, access)
        self.s3 = service in _S3
        self.named = decoder_of(service)
        self.issues = name.startswith(ISSUING) and service == "sts"
        self.special = name in COPYING or (access == SIGN_IN and not name.startswith(_PLAIN))


class Actor:
    """Who acted, compared by identity."""

    __slots__ = ("columns", "federated", "second_factor", "who")

    def __init__(self, who: Who) -> None:
        self.who = who
        self.columns = tuple(who[:-1])
        self.second_factor = who.second_factor
        self.federated = who.principal_kind in FEDERATED


_Service = tuple[bool, Callable[[Raw | str], Any] | None, bool]
"""Whether resources, where there are any, name the stores; what decodes those parameters that can
name a store, None if none can; whether credentials are issued."""
_OperationKey = tuple[str, str, bool | None, bool | None]


class Shared:
    """What was worked out, kept from file to file; the objects in it are made once each."""

    def __init__(self) -> None:
        self.operations: dict[_OperationKey, Operation] = {}
        self.services: dict[str, _Service] = {}
        self.actors: dict[bytes, Actor] = {}
        self.resources: dict[bytes, tuple[str, ...]] = {}
        self._of_columns: dict[tuple[str, str, str], Operation] = {}
        self._of_who: dict[Who, Actor] = {}

    def shrink(self) -> None:
        """Forget everything if it has become much; never in the middle of a file."""
        asked = max(len(self.operations), len(self.services), len(self._of_columns))
        if max(asked, len(self.actors), len(self._of_who), len(self.resources)) > MOST:
            self.__init__()  # type: ignore[misc]

    def service(self, source: str) -> _Service:
        """Work out what has to be looked at in events of one source."""
        name = source.removesuffix(".amazonaws.com")
        # S3 lists the object too: no two events would be alike.
        found = self.services[source] = (name not in _S3, decoder_of(name), name == "sts")
        return found

    def operation(self, key: _OperationKey) -> Operation:
        """Work out an operation by its event source, name, readOnly and managementEvent."""
        source, name, read_only, management = key
        service = source.removesuffix(".amazonaws.com")
        access = access_of_event(service, name, read_only=read_only, management=management)
        found = self.named(service, name, access)
        self.operations[key] = found
        return found

    def named(self, service: str, name: str, access: str) -> Operation:
        """Return the one object for these columns."""
        columns = (service, name, access)
        made = self._of_columns.get(columns)
        if made is None:
            made = self._of_columns[columns] = Operation(*columns)
        return made

    def actor(self, raw: Raw, identity: bytes, region: str) -> Actor:
        """Work out who acted."""
        found = self.actors[identity] = self.acting(identify(raw, region))
        return found

    def acting(self, who: Who) -> Actor:
        """Return the one object for this identity."""
        made = self._of_who.get(who)
        if made is None:
            made = self._of_who[who] = Actor(who)
        return made

    def named_in(self, listed: bytes) -> tuple[str, ...]:
        """Return the stores that a list of resources names."""
        found = self.resources[listed] = of_resources(listed)
        return found


class Mine(threading.local):
    """What this thread shares among its files."""

    def __init__(self) -> None:
        self.shared = Shared()


MOST_BYTES: Final = 1 << 53


def bytes_of(additional: Additional | str | list[Any]) -> int | None:
    """Return the bytes sent out, which CloudTrail writes as whole numbers or not, or as text."""
    known = additional if type(additional) is Additional else read_additional(additional)
    stated = known.bytes_out
    if type(stated) is int and 0 <= stated <= MOST_BYTES:
        return stated
    if stated is None:
        return None
    try:
        number = float(stated)
    except (TypeError, ValueError, OverflowError):
        return None
    return int(number) if 0 <= number <= MOST_BYTES else None
