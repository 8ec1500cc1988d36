"""What an audit is told: targets, rules, people, exceptions and packs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model.answers import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One way in: a profile, role or key, and what it should reach.

    Attributes:
        name: unique in one audit; names the target in messages.
        provider: 'aws', 'oci', 'github', 'provenance' or 'app'.
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
        account: AWS account that the bucket is read from; '' is the credentials' own.
        region: of the bucket, or the only one to ask; '' finds it, or asks in all.
        trail: ARN of the trail whose digests vouch for them; '' takes what the files say.
        keys: file of public keys on this machine, for a folder. Never kept in audit.json.
    """

    name: str
    kind: str
    folder: str = ""
    target: str = ""
    bucket: str = ""
    prefix: str = ""
    account: str = ""
    region: str = ""
    trail: str = ""
    keys: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChoice:
    """A policy pack and the parameters that this audit overrides."""

    name: str
    parameters: Mapping[str, Json] = field(default_factory=dict)
