"""Rows of made-up tables of code, of what runs and of phone apps."""

from collections.abc import Mapping

from auditor.model import Json

HOST = "github/github.example"
APP = f"{HOST}/northstar/app"
PACKAGE = "app/android/com.northstar.app/1.2/sha256:aa"
Rows = list[dict[str, Json]]


def chain(number: int, **more: Json) -> dict[str, Json]:
    """Return a whole chain of a container."""
    return {
        "id": f"chain-{number}",
        "provider": "aws",
        "account": "222222222222",
        "kind": "container",
        "deployment_id": f"deployment-{number}",
        "digest": f"sha256:{number:064x}",
        "artifact_id": f"artifact-{number}",
        "attestation_id": f"attestation-{number}",
        "builder": "https://builder.example/trusted",
        "repository_id": APP,
        "commit": f"{number:040x}",
        "change_id": f"{APP}/change/{number}",
        "kept": True,
        "vouched": True,
        "signer": "builder",
        "sourced": True,
        "approvers": ["Oracle"],
        "approved": True,
        "rebuilt": None,
        "inventory": True,
        "broken": "",
        "why": "",
        **more,
    }


def change(number: int, **more: Json) -> dict[str, Json]:
    """Return a change that somebody else approved."""
    return {
        "id": f"{APP}/change/{number}",
        "provider": "github",
        "account": "northstar",
        "repository_id": APP,
        "branch_id": f"{APP}@refs/heads/main",
        "kind": "merged",
        "number": number,
        "approvers": [f"{HOST}/user/ann"],
        "self_approved": False,
        "bypassed": False,
        **more,
    }


def host(number: int, name: str, country: str | None, **more: Json) -> dict[str, Json]:
    """Return a host that the package names."""
    return {
        "id": f"{PACKAGE}/{number}",
        "provider": "app",
        "account": "apps",
        "app_id": PACKAGE,
        "application": "com.northstar.app",
        "host": name,
        "seen": "package",
        "where": "classes.dex",
        "address": "",
        "clear": False,
        "sent_fields": [],
        "sent_bytes": 0,
        "country": country,
        **more,
    }


def library(number: int, owner: str | None, country: str | None) -> dict[str, Json]:
    """Return a library that the package embeds."""
    return {
        "id": f"{PACKAGE}/library/{number}",
        "provider": "app",
        "account": "apps",
        "app_id": PACKAGE,
        "name": f"library {number}",
        "owner": owner,
        "owner_country": country,
        "native": False,
    }


def releases() -> Mapping[str, Rows]:
    """Return tables with something of everything, good and bad."""
    bare: dict[str, Json] = {"attestation_id": "", "builder": "", "vouched": False}
    unsourced: dict[str, Json] = {"repository_id": "", "commit": "", "approvers": []}
    return {
        "repositories": [
            {"id": APP, "provider": "github", "account": "northstar", "name": "northstar/app"}
            | {"in_scope": True}
        ],
        "changes": [
            *(change(n) for n in range(3)),
            change(3, approvers=[], self_approved=True),
            change(4, approvers=[], kind="direct", bypassed=True),
            change(5, approvers=None),
        ],
        "throughput": [
            {
                "id": APP,
                "provider": "github",
                "account": "northstar",
                "repository_id": APP,
                "median_minutes": 45,
                "slow_minutes": 3_130,
                "busiest_hour_lines": 12_000,
                "backlog": 4,
            }
        ],
        "deployments": [
            {
                "id": f"deployment-{n}",
                "provider": "aws",
                "account": "222222222222",
                "kind": "container",
                "resource_id": f"arn:aws:ecs:us-east-1:222222222222:task/{n}",
                "name": f"web-{n}",
            }
            for n in range(3)
        ],
        "chains": [
            chain(0),
            chain(1, approvers=[], approved=False, broken="approval", why="a change has none"),
            chain(2, **bare, **unsourced, broken="provenance", why="nothing vouches for it"),
            chain(3, digest=None, broken="digest", why="its tag can move", approvers=None),
        ],
        "apps": [
            {
                "id": PACKAGE,
                "provider": "app",
                "account": "apps",
                "platform": "android",
                "form": "apk",
                "file": "app.apk",
                "application": "com.northstar.app",
                "version": "1.2",
                "build": "12",
                "digest": "sha256:aa",
                "signature_holds": True,
                "readable": None,
            }
        ],
        "app_permissions": [
            {"id": f"{PACKAGE}/p", "provider": "app", "account": "apps", "app_id": PACKAGE}
            | {"kind": "permission", "name": "android.permission.CAMERA"}
        ],
        "app_libraries": [
            library(0, "Acme", "US"),
            library(1, "Farshore", "SG"),
            library(2, None, None),
        ],
        "app_destinations": [
            host(0, "api.northstar.example", "US"),
            host(1, "api.northstar.example", "US", seen="traffic", address="17.0.0.9"),
            host(2, "t.farshore.example", "SG", seen="traffic", clear=True),
            host(3, "cdn.example", None),
        ],
    }
