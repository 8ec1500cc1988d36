"""Answers of the REST API about one repository."""

from typing import cast

from auditor.demo.github.briefs import full_name, node_id
from auditor.demo.github.changes import ForcePush
from auditor.demo.github.nouns import Environment, Organization, Release, Repository
from auditor.demo.github.rest_organization import runner_shape
from auditor.demo.github.routes import Asked, Route
from auditor.demo.github.shapes import API, HTML, user_named
from auditor.model import Json


def _of(world: Organization, asked: Asked) -> Repository:
    return world.repositories[asked["repo"]]


def _url(world: Organization, repository: Repository, base: str = f"{API}/repos") -> str:
    return f"{base}/{full_name(world, repository.name)}"


def _releases(world: Organization, asked: Asked) -> Json:
    repository = _of(world, asked)
    newest = sorted(repository.releases, key=lambda each: each.published, reverse=True)
    return [_release(world, repository, each) for each in newest]


def _release(world: Organization, repository: Repository, release: Release) -> dict[str, Json]:
    url = f"{_url(world, repository)}/releases/{release.number}"
    return {
        "url": url,
        "html_url": f"{_url(world, repository, HTML)}/releases/tag/{release.tag}",
        "assets_url": f"{url}/assets",
        "upload_url": f"{url}/assets{{?name,label}}",
        "tarball_url": f"{_url(world, repository)}/tarball/{release.tag}",
        "zipball_url": f"{_url(world, repository)}/zipball/{release.tag}",
        "id": release.number,
        "node_id": node_id("RE", release.number),
        "tag_name": release.tag,
        "target_commitish": repository.default,
        "name": release.tag,
        "draft": False,
        "prerelease": False,
        "immutable": False,
        "created_at": release.published,
        "published_at": release.published,
        "author": user_named(world, release.author),
        "assets": [_asset(world, repository, release, name) for name in sorted(release.assets)],
    }


def _asset(
    world: Organization, repository: Repository, release: Release, name: str
) -> dict[str, Json]:
    number = release.number * 10
    return {
        "url": f"{_url(world, repository)}/releases/assets/{number}",
        "browser_download_url": f"{_url(world, repository, HTML)}/releases/download/"
        f"{release.tag}/{name}",
        "id": number,
        "node_id": node_id("RA", number),
        "name": name,
        "label": None,
        "state": "uploaded",
        "content_type": "application/octet-stream",
        "size": 1 << 20,
        "digest": f"sha256:{release.assets[name]}",
        "download_count": 0,
        "created_at": release.published,
        "updated_at": release.published,
        "uploader": user_named(world, release.author),
    }


def _attestations(world: Organization, asked: Asked) -> Json:
    repository = _of(world, asked)
    bundles = repository.attestations.get(asked["subject_digest"], ())
    return {
        "attestations": [
            {"bundle": bundle, "repository_id": repository.number, "bundle_url": ""}
            for bundle in bundles
        ]
    }


def _activity(world: Organization, asked: Asked) -> Json:
    if asked.get("activity_type", "force_push") != "force_push":
        return []
    wanted = asked.get("ref", "").removeprefix("refs/heads/")
    return [
        _pushed(world, index, each)
        for index, each in enumerate(_of(world, asked).pushes)
        if each.ref.endswith(wanted)
    ]


def _pushed(world: Organization, index: int, push: ForcePush) -> dict[str, Json]:
    return {
        "id": index + 1,
        "node_id": node_id("PSH", index + 1),
        "before": push.before,
        "after": push.after,
        "ref": push.ref,
        "timestamp": push.at,
        "activity_type": "force_push",
        "actor": user_named(world, push.actor),
    }


def _keys(world: Organization, asked: Asked) -> Json:
    repository = _of(world, asked)
    return [
        {
            "id": each.number,
            "key": f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{each.number:024d}",
            "url": f"{_url(world, repository)}/keys/{each.number}",
            "title": each.title,
            "verified": True,
            "created_at": each.created,
            "read_only": each.read_only,
            "added_by": each.added_by,
            "last_used": None,
            "enabled": True,
        }
        for each in repository.keys
    ]


def _actions(world: Organization, asked: Asked) -> Json:
    allowed = _of(world, asked).allowed_actions
    return {"enabled": True, "allowed_actions": allowed, "sha_pinning_required": True}


def _workflow_token(world: Organization, asked: Asked) -> Json:
    repository = _of(world, asked)
    return {
        "default_workflow_permissions": "write" if repository.token_writes else "read",
        "can_approve_pull_request_reviews": repository.actions_approve,
    }


def _runners(world: Organization, asked: Asked) -> Json:
    runners = _of(world, asked).runners
    return {"total_count": len(runners), "runners": [*map(runner_shape, runners)]}


def _environments(world: Organization, asked: Asked) -> Json:
    repository = _of(world, asked)
    shown = [_environment(world, repository, each) for each in repository.environments]
    return {"total_count": len(shown), "environments": cast("list[Json]", shown)}


def _environment(
    world: Organization, repository: Repository, environment: Environment
) -> dict[str, Json]:
    rules: Json = [
        {
            "id": environment.number,
            "node_id": node_id("GA", environment.number),
            "type": "required_reviewers",
            "prevent_self_review": environment.prevents_self_review,
            "reviewers": [],
        }
    ]
    return {
        "id": environment.number,
        "node_id": node_id("EN", environment.number),
        "name": environment.name,
        "url": f"{_url(world, repository)}/environments/{environment.name}",
        "html_url": f"{_url(world, repository, HTML)}/deployments/activity_log",
        "created_at": repository.created,
        "updated_at": repository.created,
        "protection_rules": rules if environment.reviewers else [],
        "deployment_branch_policy": {
            "protected_branches": True,
            "custom_branch_policies": False,
        }
        if environment.protected_branches
        else None,
    }


def _default_setup(world: Organization, asked: Asked) -> Json:
    on = _of(world, asked).code_scanning
    return {
        "state": "configured" if on else "not-configured",
        "languages": ["python"] if on else [],
        "query_suite": "default",
        "updated_at": None,
        "schedule": "weekly" if on else None,
    }


_REPO = "/repos/{owner}/{repo}"
ROUTES = (
    Route(path=f"{_REPO}/releases", answer=_releases, list_at="."),
    Route(
        path=f"{_REPO}/attestations/{{subject_digest}}",
        answer=_attestations,
        list_at="attestations",
        by_cursor=True,
    ),
    Route(path=f"{_REPO}/activity", answer=_activity, list_at=".", by_cursor=True),
    Route(path=f"{_REPO}/keys", answer=_keys, list_at="."),
    Route(path=f"{_REPO}/actions/permissions", answer=_actions),
    Route(path=f"{_REPO}/actions/permissions/workflow", answer=_workflow_token),
    Route(path=f"{_REPO}/actions/runners", answer=_runners, list_at="runners"),
    Route(path=f"{_REPO}/environments", answer=_environments, list_at="environments"),
    Route(path=f"{_REPO}/code-scanning/default-setup", answer=_default_setup),
)
