"""Tables of where code lives: repositories, who reaches them, and what guards their branches.

Ids: ARN or OCID; of GitHub 'github/HOST/OWNER/NAME' for a repository, and 'github/HOST/user/LOGIN',
'…/team/ORGANISATION/SLUG', '…/app/SLUG', '…/key/ID' for principals, which are rows of
``principals`` like those of clouds.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository(Row):
    """One repository of source code."""

    table: ClassVar[str] = "repositories"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy that it belongs to."]
    region: Annotated[str, "Region; '' for what has none."] = ""
    name: Annotated[Maybe[str], "Its full name, such as 'acme/app'."]
    url: Annotated[Maybe[str], "Address by which provenance names it; '' if there is none."]
    visibility: Annotated[Maybe[str], "public, internal or private."]
    archived: Annotated[Maybe[bool], "Nobody can change it."]
    fork_of: Annotated[Maybe[str], "Full name of what it was forked from; '' for none."] = ""
    default_branch: Annotated[Maybe[str], "Name of the default branch; '' while it is empty."]
    secret_scanning: Annotated[Maybe[bool], "Secrets are looked for in what is pushed."]
    push_protection: Annotated[Maybe[bool], "A push that holds a known secret is refused."]
    code_scanning: Annotated[Maybe[bool], "Code is analysed for flaws, and results are kept."]
    dependency_alerts: Annotated[Maybe[bool], "Known flaws of dependencies raise alerts."]
    open_requests: Annotated[
        Maybe[int], "Change requests to release branches that wait to be merged."
    ] = UNJOINED
    in_scope: Annotated[
        Maybe[bool],
        "Derived: the audit's list of code names it; unknown where the audit has no list.",
    ] = UNJOINED
    runs: Annotated[Maybe[bool], "Derived: something that runs was built from it."] = UNJOINED
    reviewers_read: Annotated[
        Maybe[bool], "Derived: somebody of the reviewers' employers can read all of it."
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryRight(Row):
    """One kind of access that one principal has to one repository, in one way."""

    table: ClassVar[str] = "repository_rights"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy of the repository."]
    repository_id: Annotated[str, "The repository; '*' for all of the organisation's."]
    principal_id: Annotated[Maybe[str], "Who: a row of principals."]
    access: Annotated[Maybe[str], "read, write (push) or administer (change rules or rights)."]
    via: Annotated[
        str,
        "owner, member, team, collaborator, outside collaborator, deploy key, app, token, policy.",
    ]
    through: Annotated[Maybe[str], "Team that gives it; '' if given directly."] = ""
    expires: Annotated[Maybe[str], "Moment at which it ends; '' for never."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchRule(Row):
    """One rule set on branches or tags: a ruleset, a branch protection, an approval rule."""

    table: ClassVar[str] = "branch_rules"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    repository_id: Annotated[str, "Repository that it stands on."]
    name: Annotated[Maybe[str], "Name or pattern that its owner gave it."]
    kind: Annotated[str, "ruleset, branch protection, or approval rule."]
    target: Annotated[Maybe[str], "branch, tag or push."]
    includes: Annotated[
        Maybe[tuple[str, ...]],
        "Patterns of the refs that it covers: 'refs/heads/main', '~ALL', '~DEFAULT_BRANCH'.",
    ]
    excludes: Annotated[Maybe[tuple[str, ...]], "Patterns of refs that it leaves out."] = ()
    enforced: Annotated[Maybe[bool], "It is active, not switched off or only tried."]
    approvals: Annotated[Maybe[int], "Approvals that a change needs; 0 for none."]
    dismisses_stale: Annotated[Maybe[bool], "A new push takes earlier approvals away."]
    last_push_approved: Annotated[Maybe[bool], "Somebody else must approve the last push."]
    code_owners: Annotated[Maybe[bool], "Owners of the code must approve."]
    signatures: Annotated[Maybe[bool], "Commits must be signed."]
    checks: Annotated[Maybe[tuple[str, ...]], "Checks that must pass."]
    no_force_push: Annotated[Maybe[bool], "History cannot be rewritten."]
    no_deletion: Annotated[Maybe[bool], "The branch or tag cannot be deleted."]
    no_direct_push: Annotated[Maybe[bool], "Changes come by change requests only."]
    administrators: Annotated[Maybe[bool], "It binds administrators, too."]
    bypassers: Annotated[
        Maybe[tuple[str, ...]],
        "Principals who may bypass it, or 'role/NAME'; unknown where they are hidden from us.",
    ]
    made: Annotated[Maybe[str], "Moment at which it was made; '' if the provider has none."] = ""
    changed: Annotated[Maybe[str], "Moment of its last change; '' if the provider has none."] = ""
    lasted: Annotated[
        Maybe[bool], "Derived: all through the period it asked for no less than at the end."
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Row):
    """One branch that releases come from, and what guards it. Its id is 'repository@ref'."""

    table: ClassVar[str] = "branches"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    repository_id: Annotated[str, "Repository that it is of."]
    ref: Annotated[str, "Its full name, such as 'refs/heads/main'."]
    is_default: Annotated[Maybe[bool], "It is the default branch."]
    head: Annotated[Maybe[str], "Commit at its tip; '' where it was deleted."]
    approvals: Annotated[
        Maybe[int], "Derived: approvals that a change needs, the most that a rule in force asks."
    ] = UNJOINED
    dismisses_stale: Annotated[Maybe[bool], "Derived: a rule in force does."] = UNJOINED
    signatures: Annotated[Maybe[bool], "Derived: a rule in force asks for them."] = UNJOINED
    checks: Annotated[Maybe[tuple[str, ...]], "Derived: checks that must pass."] = UNJOINED
    no_force_push: Annotated[Maybe[bool], "Derived: history cannot be rewritten."] = UNJOINED
    no_deletion: Annotated[Maybe[bool], "Derived: it cannot be deleted."] = UNJOINED
    no_direct_push: Annotated[Maybe[bool], "Derived: changes come by requests only."] = UNJOINED
    bypassers: Annotated[
        Maybe[tuple[str, ...]],
        "Derived: principals who may bypass the rules for approvals, against direct pushes, force "
        "pushes and deletion, or on stale approvals, sorted; ['*'] without approvals.",
    ] = UNJOINED
    lasted: Annotated[
        Maybe[bool],
        "Derived: what its rules ask for at the end, they asked for all through the period.",
    ] = UNJOINED
    rewritten: Annotated[
        Maybe[bool],
        "It was pushed over or deleted since the period began, so that it may have held more.",
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeEvent(Row):
    """One event that a code host tells of: on rules, rights, reading, bypassing or history."""

    table: ClassVar[str] = "code_events"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    repository_id: Annotated[Maybe[str], "Repository; '' for what is about none."]
    action: Annotated[str, "The provider's word, such as 'protected_branch.policy_override'."]
    kind: Annotated[
        str,
        "bypass, rule change, right change, read (clone or fetch), force push, branch deletion, "
        "secret, runner, or other.",
    ]
    principal_id: Annotated[Maybe[str], "Who did it: a row of principals."]
    country: Annotated[Maybe[str], "Country that the host states for the actor."] = ""
    at: Annotated[Maybe[str], "Moment."]
    ref: Annotated[Maybe[str], "Branch or tag; '' for none."] = ""
    commit: Annotated[Maybe[str], "Commit that it put or read; '' for none."] = ""
    replaced: Annotated[
        Maybe[str], "Commit that was there before a force push or deletion; '' for none."
    ] = ""
    asks: Annotated[
        Maybe[tuple[str, ...]],
        "What a rule asks for from then on, sorted; empty where it is off, or no rule changed.",
    ] = ()
    exempts: Annotated[
        Maybe[tuple[str, ...]], "Whom and what it leaves out from then on, sorted."
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Row):
    """One alert of a scanner about code, a secret or a dependency."""

    table: ClassVar[str] = "alerts"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    repository_id: Annotated[str, "Repository; for what runs, its row of deployments."]
    kind: Annotated[str, "secret, code or dependency."]
    name: Annotated[Maybe[str], "Rule, type of secret, or CVE."]
    severity: Annotated[Maybe[str], "critical, high, medium, low; '' where the host states none."]
    state: Annotated[Maybe[str], "open, fixed or dismissed."]
    opened: Annotated[Maybe[str], "Moment at which it was raised."]
    closed: Annotated[Maybe[str], "Moment at which it was closed; '' while open."]
    reason: Annotated[Maybe[str], "Why it was dismissed; '' for no reason or not dismissed."] = ""
    age_days: Annotated[Maybe[int], "Derived: whole days that it has been, or was, open."] = (
        UNJOINED
    )
