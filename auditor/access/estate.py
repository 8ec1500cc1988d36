"""An estate as it is reasoned about: principals, resources, and the statements that bind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.access.statements import Statement
from auditor.model import Unknown

_WITHIN = " within the limits of "


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One principal that may ask.

    Attributes:
        id: row of principals.
        kind: in the words of principals: 'user', 'role', 'root', 'account', 'service'…
        account: '' for a service of the provider's, '*' for anybody.
        groups: ids of the groups it is in.
        boundary: policy document that bounds it; '' for none, Unknown if that is not known.
        tags: keys in lower case; Unknown if they are not known.
        user_id: what the policy variable aws:userid begins with; '' if not known.
        session: holder of the policies that limit its sessions, of a role that somebody can only
            act as within these; '' for no limit.
    """

    id: str
    kind: str
    account: str
    name: str = ""
    groups: tuple[str, ...] = ()
    boundary: str | Unknown = ""
    tags: Mapping[str, str] | Unknown = field(default_factory=dict)
    user_id: str = ""
    session: str = ""

    @property
    def key(self) -> str:
        """Names it in an estate: a role within limits is not the role."""
        return within(self.id, self.session) if self.session else self.id


def within(role: str, session: str) -> str:
    """Return the key of a role as it is limited by the policies of a session."""
    return f"{role}{_WITHIN}{session}"


def session_in(key: str) -> str:
    """Return the holder of the policies that limit a session, by its key; '' for no limit."""
    return key.partition(_WITHIN)[2]


def without_session(key: str) -> str:
    """Return the id of a principal by its key."""
    return key.partition(_WITHIN)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource that may be asked for: a store, a key, a role that may be assumed.

    Attributes:
        id: row of stores, keys or principals; an ARN.
        service: prefix of its actions, such as 's3'.
        kind: in the words of stores.
        tags: keys in lower case; Unknown if they are not known.
        key_id: key that encrypts it; '' for the provider's, Unknown if not known.
    """

    id: str
    service: str
    kind: str
    account: str
    region: str = ""
    tags: Mapping[str, str] | Unknown = field(default_factory=dict)
    key_id: str | Unknown = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """One thing that runs code with a role: a function, an instance, a job.

    Attributes:
        roles: ids of the roles that it acts as; '?' for one that could not be read.
    """

    resource: Resource
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """Everything that decides who may do what, read once.

    Attributes:
        actors: by key; roles within limits of a session are there beside the roles.
        identity: holder (user, role or group) -> statements of its policies, inline and managed.
        boundaries: policy document -> its statements.
        sessions: holder -> statements of the policies that limit sessions.
        resource: resource -> statements of its own policy and of grants kept in another form.
            A resource that has no policy has (); one whose policy could not be read has a
            statement with a fault; one that is missing here was never asked for its policy.
        trust: role -> statements of its trust policy.
        service_controls: account -> one tuple of statements per level of the hierarchy, from the
            root down to the account itself; a level allows what any of its policies allows. ()
            where no service control policies act, as for the management account.
        resource_controls: likewise for resource control policies.
        organization: account -> id of its organisation, Unknown where not known, '' for none.
        organization_paths: account -> path of organisation, root and units as aws:PrincipalOrgPaths
            has it; missing where not known.
        runners: ARN -> things that run code with a role, and that others can put code into.
        unread: holder or account -> why statements that bind it may be missing, as a sentence.
    """

    actors: Mapping[str, Actor] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    identity: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    boundaries: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    sessions: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    resource: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    trust: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    service_controls: Mapping[str, tuple[tuple[Statement, ...], ...]] = field(default_factory=dict)
    resource_controls: Mapping[str, tuple[tuple[Statement, ...], ...]] = field(default_factory=dict)
    organization: Mapping[str, str | Unknown] = field(default_factory=dict)
    organization_paths: Mapping[str, str] = field(default_factory=dict)
    runners: Mapping[str, Runner] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
