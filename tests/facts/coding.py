"""A repository, its changes, reviews and what was built of it, for tests of what joins them."""

from typing import Any

from auditor.model import Audit, Unknown
from auditor.tables import (
    Artifact,
    Attestation,
    Branch,
    BranchRule,
    Change,
    CodeEvent,
    Commit,
    Component,
    Coverage,
    Deployment,
    Principal,
    Repository,
    RepositoryRight,
    Review,
    Row,
)
from tests.facts.identifying import about, person, user

ORGANISATION = "acme"
REPOSITORY = "github/github.com/acme/app"
BRANCH = f"{REPOSITORY}@refs/heads/main"
HEAD, DIGEST = "a" * 40, "sha256:" + "d" * 64
WHERE: dict[str, Any] = {"provider": "github", "account": ORGANISATION}


def developer(name: str) -> Principal:
    """Return an account of the code host."""
    return user(
        name, ORGANISATION, id=f"github/github.com/user/{name}", provider="github", enabled=True
    )


ANNA, BORIS, CAROL = map(developer, ("anna", "boris", "carol"))


def settled(**changes: Any) -> Audit:
    """Return an audit that knows Anna and Boris of the company, and Carol of the provider."""
    return about(
        person("anna", principals=(ANNA.id,)),
        person("boris", principals=(BORIS.id,)),
        person("carol", principals=(CAROL.id,), employer="Trusted"),
        **changes,
    )


def repository(**changes: Any) -> Repository:
    """Return the repository."""
    default: dict[str, Any] = {
        **WHERE,
        "id": REPOSITORY,
        "name": "acme/app",
        "url": "https://github.com/acme/app",
        "visibility": "private",
        "archived": False,
        "default_branch": "main",
        "secret_scanning": True,
        "push_protection": True,
        "code_scanning": True,
        "dependency_alerts": True,
        "open_requests": 0,
    }
    return Repository(**default | changes)


def branch(**changes: Any) -> Branch:
    """Return its release branch."""
    default: dict[str, Any] = {
        **WHERE,
        "id": BRANCH,
        "repository_id": REPOSITORY,
        "ref": "refs/heads/main",
        "is_default": True,
        "head": HEAD,
    }
    return Branch(**default | changes)


def rule(name: str = "r", **changes: Any) -> BranchRule:
    """Return a rule that guards the default branch in every way."""
    default: dict[str, Any] = {
        **WHERE,
        "id": f"{REPOSITORY}/rule/{name}",
        "repository_id": REPOSITORY,
        "name": name,
        "kind": "ruleset",
        "target": "branch",
        "includes": ("~DEFAULT_BRANCH",),
        "enforced": True,
        "approvals": 1,
        "dismisses_stale": True,
        "last_push_approved": True,
        "code_owners": False,
        "signatures": True,
        "checks": ("build",),
        "no_force_push": True,
        "no_deletion": True,
        "no_direct_push": True,
        "administrators": True,
        "bypassers": (),
    }
    return BranchRule(**default | changes)


def change(number: int = 1, **changes: Any) -> Change:
    """Return a change of Anna's that was merged at noon."""
    default: dict[str, Any] = {
        **WHERE,
        "id": f"{REPOSITORY}/change/{number}",
        "repository_id": REPOSITORY,
        "branch_id": BRANCH,
        "kind": "merged",
        "number": number,
        "title": "Repair it",
        "author_id": ANNA.id,
        "by_bot": False,
        "merged_by": ANNA.id,
        "method": "squash",
        "opened": "2026-01-01T08:00:00Z",
        "merged": "2026-01-01T12:00:00Z",
        "head": HEAD,
        "head_pushed": "2026-01-01T09:00:00Z",
        "commit": HEAD,
        "rewritten": False,
        "added": 10,
        "removed": 2,
        "files": 1,
    }
    return Change(**default | changes)


def revision(commit: str = HEAD, number: int = 1, **changes: Any) -> Commit:
    """Return a commit of a change, signed by its author."""
    default: dict[str, Any] = {
        **WHERE,
        "id": f"{REPOSITORY}/commit/{commit}",
        "repository_id": REPOSITORY,
        "commit": commit,
        "change_id": f"{REPOSITORY}/change/{number}",
        "author_id": ANNA.id,
        "author_address": "anna@example.com",
        "committer_id": ANNA.id,
        "parents": ("b" * 40,),
        "made": "2026-01-01T09:00:00Z",
        "signed": True,
        "signer_id": ANNA.id,
        "signed_by_host": False,
        "signature": "valid",
    }
    return Commit(**default | changes)


def review(reviewer: Principal = CAROL, number: int = 1, **changes: Any) -> Review:
    """Return an approval of a change's last commit, an hour before the merge."""
    default: dict[str, Any] = {
        **WHERE,
        "id": f"{REPOSITORY}/change/{number}/review/{reviewer.name}",
        "repository_id": REPOSITORY,
        "change_id": f"{REPOSITORY}/change/{number}",
        "reviewer_id": reviewer.id,
        "state": "approved",
        "commit": HEAD,
        "at": "2026-01-01T11:00:00Z",
        "comments": 2,
    }
    return Review(**default | changes)


def event(**changes: Any) -> CodeEvent:
    """Return a line of the host's log: Anna bypassed a rule with the change's commit."""
    default: dict[str, Any] = {
        **WHERE,
        "id": "event/1",
        "repository_id": REPOSITORY,
        "action": "protected_branch.policy_override",
        "kind": "bypass",
        "principal_id": ANNA.id,
        "at": "2026-01-01T12:00:00Z",
        "commit": HEAD,
    }
    return CodeEvent(**default | changes)


def right(principal: Principal, access: str = "read", **changes: Any) -> RepositoryRight:
    """Return a right over the repository."""
    default: dict[str, Any] = {
        **WHERE,
        "id": f"{REPOSITORY}/right/{principal.name}/{access}",
        "repository_id": REPOSITORY,
        "principal_id": principal.id,
        "access": access,
        "via": "team",
    }
    return RepositoryRight(**default | changes)


def attestation(kind: str = "provenance", **changes: Any) -> Attestation:
    """Return provenance of the digest, of the head, whose signature holds."""
    default: dict[str, Any] = {
        "provider": "provenance",
        "account": "records",
        "id": f"attestation/{kind}",
        "name": "app.intoto.jsonl",
        "digest": DIGEST,
        "predicate_type": "https://slsa.dev/provenance/v1",
        "kind": kind,
        "builder": "https://builder.example",
        "source": "git+https://github.com/acme/app.git@refs/heads/main",
        "commit": HEAD,
        "envelope": "{}",
        "signature_holds": True,
        "signer": "release key",
        "issuer": "",
    }
    return Attestation(**default | changes)


def listing(**changes: Any) -> Component:
    """Return a part that an SBOM about the digest lists."""
    default: dict[str, Any] = {
        "provider": "provenance",
        "account": "records",
        "id": "attestation/sbom/component/1",
        "digest": DIGEST,
        "name": "codec",
        "version": "2.0",
        "purl": "",
        "supplier": "",
        "listed": True,
        "present": Unknown("x"),
    }
    return Component(**default | changes)


def artifact(**changes: Any) -> Artifact:
    """Return an image with the digest."""
    default: dict[str, Any] = {
        "provider": "aws",
        "account": "111122223333",
        "id": f"registry/{DIGEST}",
        "kind": "image",
        "name": "registry/app",
        "digest": DIGEST,
        "made": "2026-01-01T13:00:00Z",
    }
    return Artifact(**default | changes)


def deployment(**changes: Any) -> Deployment:
    """Return a container that runs the digest."""
    default: dict[str, Any] = {
        "provider": "aws",
        "account": "111122223333",
        "id": "task/1/app",
        "kind": "container",
        "resource_id": "task/1",
        "name": "app",
        "image": "registry/app:1",
        "digest": DIGEST,
        "pinned": True,
    }
    return Deployment(**default | changes)


def covered(*tables: str, open_: bool = False, **changes: Any) -> Coverage:
    """Return a planned collection of what makes rows of these tables."""
    default: dict[str, Any] = {
        **WHERE,
        "id": f"coverage/{'/'.join(tables)}",
        "collector": "x",
        "service": "x",
        "region": "",
        "compartment": "",
        "outcome": "denied" if open_ else "complete",
        "open": open_,
        "complete": not open_,
        "reason": "",
        "permission": "",
        "items": 1,
        "answers": 1,
        "refusals": 0,
        "tables": tables,
    }
    return Coverage(**default | changes)


def estate(*rows: Row) -> tuple[Row, ...]:
    """Return the repository, its branch and the three people, with what a test adds."""
    return (repository(), branch(), ANNA, BORIS, CAROL, *rows)
