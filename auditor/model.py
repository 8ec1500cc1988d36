"""The nouns of an audit. Each stage takes some of these and returns others.

    Audit --collect--> Record --facts--> rows of tables --policy--> Results --report--> files

Everything here is frozen, holds plain data, and imports nothing of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

Json = Any  # JSON as parsed: None, bool, int, float, str, list or dict
Place = Mapping[str, str]  # axis -> value, such as account, region, compartment


class Outcome(StrEnum):
    """How one API call ended."""

    OK = "ok"
    ABSENT = "absent"  # the provider answered: this is not configured
    DENIED = "denied"  # we lack the permission, so we do not know
    FAILED = "failed"  # anything else, so we do not know
    UNSUPPORTED = "unsupported"  # the provider has no such operation there

    @property
    def known(self) -> bool:
        """Whether the provider told us what is there."""
        return self in (Outcome.OK, Outcome.ABSENT)

    @property
    def phrase(self) -> str:
        """What a sentence says of a call that ended so: 'ListBuckets was denied'."""
        return _PHRASES[self]


_PHRASES = {
    Outcome.OK: "was answered",
    Outcome.ABSENT: "found nothing configured",
    Outcome.DENIED: "was denied",
    Outcome.FAILED: "failed",
    Outcome.UNSUPPORTED: "is not supported",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One page of one read-only API call, before it is made."""

    collector: str
    place: Place
    step: str  # position in the walk, unique within collector and place
    service: str
    operation: str
    parameters: Mapping[str, Json]
    region: str = ""  # where to ask; '' is the provider's home region
    endpoint: str = ""  # a resource's own address, where it has one
    token: Json = None  # page token; None asks for the first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the provider said to one request.

    Attributes:
        body: the answer as it came; None when there is none.
        code: the provider's own error code, '' when it gave none.
        token: asks for the next page; None when this was the last.
        throttled: how many tries before this answer were refused for coming too fast.
        at: when the answer came, UTC, ISO 8601 with a Z.
    """

    outcome: Outcome
    body: Json = None
    code: str = ""
    message: str = ""
    request_id: str = ""
    token: Json = None
    throttled: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One request with its answer: a line of the evidence."""

    request: Request
    answer: Answer


@dataclass(frozen=True, slots=True)
class Unknown:
    """Stands where a value would be, and says why there is none.

    Attributes:
        reason: a sentence for a reader, without a full stop.
        permission: what to grant so that it becomes known, '' if that would not help.
        evidence: index of the record that refused, -1 if there is none.
    """

    reason: str
    permission: str = ""
    evidence: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One way in: a profile, role or key, and what it should reach.

    Attributes:
        name: unique in one audit; names the target in messages.
        provider: 'aws' or 'oci'.
        options: provider-specific settings such as profile, role or organisation.
        axes: values that the user fixed, axis -> values; other axes are discovered.
    """

    name: str
    provider: str
    options: Mapping[str, str] = field(default_factory=dict)
    axes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationRule:
    """Says which data classes a store holds, by what it is, where it is or how it is tagged.

    All criteria given must match (patterns are shell-style, case-sensitive); the first
    rule that matches a store decides. ``data_classes`` may be empty: known to hold none.
    """

    name: str
    data_classes: tuple[str, ...]
    tags: Mapping[str, str] = field(default_factory=dict)
    accounts: tuple[str, ...] = ()
    compartments: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation with a role in the arrangement.

    Attributes:
        operators: names of cloud operators that act as this party, such as 'Oracle'.
        accounts: accounts and tenancies that belong to it.
        country: ISO 3166 alpha-2 code of its principal place of business, '' if not stated.
        roles: such as 'trusted provider', 'company', 'excluded'.
    """

    name: str
    roles: tuple[str, ...]
    operators: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A recorded exception: these rows of this control, until that day.

    Attributes:
        rows: shell-style patterns of row ids.
        expires: last day on which it holds, ISO 8601 date, decided on the audit's as-of date.
        limit: how many rows it may cover at most; more makes the waiver fail as a whole.
    """

    id: str
    control: str
    rows: tuple[str, ...]
    reason: str
    approvers: tuple[str, ...]
    expires: str
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Someone whose statements the audit accepts, known by certificate.

    Attributes:
        fingerprint: SHA-256 of the certificate in DER, lower-case hex.
        subjects: statement subjects that this signer may speak to.
    """

    name: str
    role: str
    employer: str
    fingerprint: str
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One line of the roster: a person, or a service for which a person answers.

    Attributes:
        country: of work, ISO 3166 alpha-2; '' if not stated, as everywhere below.
        covered_person: 28 CFR 202.211; None where it has not been determined.
        kind: 'person' or 'service'.
        residence: country of residence.
        vetted_until: last day of the vetting, ISO 8601 date; '' for never vetted.
        left: last day of employment, ISO 8601 date; '' while employed.
        owner: of a service, the id of the person who answers for it.
        principals: shell-style patterns of the principals that are this person's, by id or name.
    """

    id: str
    name: str
    employer: str
    country: str
    covered_person: bool | None = None
    kind: str = "person"
    residence: str = ""
    vetted_until: str = ""
    left: str = ""
    owner: str = ""
    principals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """One exception that the parties registered: data that may leave, or access for a time.

    Attributes:
        kind: 'flow' or 'access'; break-glass use is an access.
        principals, stores: shell-style patterns of ids; an access names principals.
        recipients: accounts, tenancies, countries or names outside that a flow may go to.
        data_classes: that it covers; () for any.
        approvers: people who approved it.
        valid_from, valid_until: first and last day, ISO 8601 dates.
        bytes_limit: bytes that may leave over those days; -1 for no limit.
    """

    id: str
    kind: str
    purpose: str
    approvers: tuple[str, ...]
    valid_from: str
    valid_until: str
    principals: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    data_classes: tuple[str, ...] = ()
    bytes_limit: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSource:
    """One place where audit logs lie.

    Attributes:
        kind: 'cloudtrail', 'cloudtrail lookup', 's3 access', 'oci audit' or 'oci objects'.
        folder: on this machine; '' where they are read from the cloud. Never kept in audit.json.
        target: name of the target whose credentials read them; '' for a folder.
        bucket, prefix: where they lie in the cloud.
        trail: ARN of the trail whose digests vouch for them; '' takes what the files say.
    """

    name: str
    kind: str
    folder: str = ""
    target: str = ""
    bucket: str = ""
    prefix: str = ""
    region: str = ""
    trail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChoice:
    """A policy pack and the parameters that this audit overrides."""

    name: str
    parameters: Mapping[str, Json] = field(default_factory=dict)


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

    @property
    def after_period(self) -> str:
        """The day after the period, or the day after the audit's moment if that is earlier.

        No bill speaks of days to come; a question about them is refused as a whole.
        """
        last = min(date.fromisoformat(self.period_end), date.fromisoformat(self.as_of[:10]))
        return (last + timedelta(days=1)).isoformat()
