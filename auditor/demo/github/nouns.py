"""What an organisation on GitHub is made of, as far as the audit asks about it.

Moments are text in GitHub's form, '2026-11-02T09:30:00Z'. Accounts are named by their login, so
that nobody needs to be looked up twice; commits by the SHA-1 of what they say.
"""

from dataclasses import dataclass, field

from auditor.demo.github.changes import ChangeRequest, Commit, ForcePush
from auditor.model import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person, a machine that signs in as one, or a bot that belongs to an app.

    Attributes:
        number: its database id.
        kind: 'User' or 'Bot'.
        role: in the organisation: 'ADMIN' (owner), 'MEMBER' or '' for none.
        identity: what the identity provider calls the person; '' for nobody that it knows.
        country: what the audit log says of where its sessions come from; '' for nothing.
    """

    login: str
    number: int
    name: str
    email: str
    kind: str = "User"
    role: str = ""
    second_factor: bool = True
    identity: str = ""
    country: str = "US"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team and what it may do: repository -> READ, TRIAGE, WRITE, MAINTAIN or ADMIN."""

    slug: str
    name: str
    number: int
    members: tuple[str, ...]
    permissions: dict[str, str]
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """An app installed in the organisation; ``permissions`` as GitHub names them."""

    slug: str
    name: str
    number: int
    installation: int
    permissions: dict[str, str]
    created: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a ruleset: its type as GraphQL spells it, and its parameters in snake case."""

    kind: str
    parameters: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bypasser:
    """Somebody whom a ruleset does not bind.

    Attributes:
        kind: 'OrganizationAdmin', 'RepositoryRole', 'Team', 'Integration' or 'DeployKey'.
        name: slug of the team or app, or name of the role.
    """

    kind: str
    name: str = ""
    mode: str = "ALWAYS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A ruleset as it stood since a moment; only whether it was in force differs."""

    number: int
    actor: str
    at: str
    enforcement: str = "ACTIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """A ruleset of a repository, or of the organisation.

    Attributes:
        repositories: names to which one of the organisation applies; () for one of a repository.
        bypassers: None where we may not see them.
        versions: the oldest first; () for one that never changed.
    """

    name: str
    number: int
    rules: tuple[Rule, ...]
    created: str
    updated: str
    target: str = "BRANCH"
    enforcement: str = "ACTIVE"
    includes: tuple[str, ...] = ("~DEFAULT_BRANCH",)
    excludes: tuple[str, ...] = ()
    bypassers: tuple[Bypasser, ...] | None = ()
    repositories: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """A classic branch protection; ``approvals`` of None asks for no change request."""

    pattern: str
    number: int
    approvals: int | None = 1
    dismisses_stale: bool = True
    last_push: bool = True
    code_owners: bool = True
    signatures: bool = False
    checks: tuple[str, ...] = ()
    force_pushes: bool = False
    deletions: bool = False
    administrators: bool = True
    bypass_teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployKey:
    """A key that reads a repository, or writes to it."""

    title: str
    number: int
    created: str
    read_only: bool = True
    added_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What jobs deploy to, and what they must wait for."""

    name: str
    number: int
    reviewers: tuple[str, ...] = ()
    prevents_self_review: bool = False
    protected_branches: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release and its assets: file name -> SHA-256."""

    tag: str
    number: int
    author: str
    published: str
    assets: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert of a scanner: 'code', 'secret' or 'dependency'."""

    kind: str
    number: int
    name: str
    severity: str
    opened: str
    state: str = "open"
    closed: str = ""
    reason: str = ""
    closed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A self-hosted runner."""

    name: str
    number: int
    labels: tuple[str, ...] = ("self-hosted", "Linux", "X64")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the organisation's audit log; ``more`` are members that its action has."""

    action: str
    actor: str
    at: str
    repository: str = ""
    more: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """What rules said of one push: 'pass', 'fail' or 'bypass'."""

    number: int
    repository: str
    actor: str
    ref: str
    before: str
    after: str
    at: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """One repository and everything in it; ``attestations`` are bundles by subject digest."""

    name: str
    number: int
    created: str
    branches: dict[str, str]
    commits: dict[str, Commit]
    requests: tuple[ChangeRequest, ...]
    default: str = "main"
    visibility: str = "PRIVATE"
    archived: bool = False
    secret_scanning: bool = True
    push_protection: bool = True
    code_scanning: bool = True
    dependency_alerts: bool = True
    actions_approve: bool = False
    token_writes: bool = False
    allowed_actions: str = "selected"
    rulesets: tuple[Ruleset, ...] = ()
    protections: tuple[Protection, ...] = ()
    collaborators: dict[str, str] = field(default_factory=dict)
    keys: tuple[DeployKey, ...] = ()
    environments: tuple[Environment, ...] = ()
    releases: tuple[Release, ...] = ()
    alerts: tuple[Alert, ...] = ()
    runners: tuple[Runner, ...] = ()
    pushes: tuple[ForcePush, ...] = ()
    attestations: dict[str, tuple[Json, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A fine-grained personal access token with access to the organisation."""

    number: int
    owner: str
    name: str
    created: str
    expires: str
    permissions: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """The organisation as a whole, at a moment. Repositories and accounts are known by name.

    Attributes:
        runner_repositories: those that may have runners of their own; None for all.
    """

    as_of: str
    login: str
    name: str
    number: int
    created: str
    accounts: dict[str, Account]
    teams: tuple[Team, ...]
    apps: tuple[App, ...]
    repositories: dict[str, Repository]
    rulesets: tuple[Ruleset, ...]
    events: tuple[Event, ...]
    suites: tuple[Suite, ...]
    tokens: tuple[Token, ...] = ()
    runners: tuple[Runner, ...] = ()
    runner_repositories: tuple[str, ...] | None = ()
    base_permission: str = "NONE"
    second_factor: bool = True
    actions_approve: bool = False
