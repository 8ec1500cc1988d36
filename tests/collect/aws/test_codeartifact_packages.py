"""What we claim to know about the packages that a repository keeps, given what AWS answered."""

import base64
from typing import Any

import pytest

from auditor.collect.aws.codeartifact import REPOSITORIES
from auditor.collect.aws.codeartifact_packages import PACKAGES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Artifact
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

DIGEST = "ab" * 32
PACKAGE = f"arn:aws:codeartifact:{HOME}:{ACCOUNT}:package/code/npm/npm/acme/player"
WHEEL: Json = {"name": "player.tgz", "size": 7, "hashes": {"SHA-256": DIGEST, "MD5": "x"}}

pytestmark = pytest.mark.usefixtures("cloud")


def version(name: str = "1.0", origin: str = "INTERNAL", status: str = "Published") -> Json:
    return {"version": name, "status": status, "origin": {"originType": origin}}


def collected(
    *versions: Json, namespace: str = "acme", deny: tuple[str, ...] = (), assets: Any = (WHEEL,)
) -> Collected:
    repository = {"name": "npm", "domainName": "code", "domainOwner": ACCOUNT}
    package = {"format": "npm", "package": "player"}
    if namespace:
        package["namespace"] = namespace
    rules = [
        Rule(operation="codeartifact.ListRepositories", answer={"repositories": [repository]}),
        Rule(operation="codeartifact.ListPackages", answer={"packages": [package]}),
        Rule(operation="codeartifact.ListPackageVersions", answer={"versions": list(versions)}),
        *(
            Rule(
                operation="codeartifact.ListPackageVersionAssets",
                words=f"version={name}",
                answer={"version": name, "assets": list(assets)},
            )
            for name in ("1.0", "2.0")
        ),
    ]
    return gather((IDENTITY, REGIONS, REPOSITORIES, PACKAGES), rules=rules, deny=deny)


def found(*versions: Json, **changes: Any) -> list[Artifact]:
    rows = collected(*versions, **changes).rows
    return [row for row in rows if isinstance(row, Artifact)]


def test_each_file_of_a_version_is_an_artefact() -> None:
    (row,) = found(version())

    assert (row.id, row.kind) == (f"{PACKAGE}/1.0/player.tgz", "package")
    assert (row.digest, row.tags, row.size_bytes) == (f"sha256:{DIGEST}", ("1.0",), 7)
    assert row.name == "code/npm/npm/acme/player/player.tgz"
    assert row.store_id == f"arn:aws:codeartifact:{HOME}:{ACCOUNT}:domain/code"


def test_each_version_is_asked_about_by_itself() -> None:
    rows = found(version(), version("2.0", status="Unlisted"))

    assert [row.tags for row in rows] == [("1.0",), ("2.0",)]


def test_what_others_built_or_nobody_gets_is_left_out() -> None:
    """A mirror of a public registry costs a call for a package, and none for its versions."""
    several = (version(origin="EXTERNAL"), version("2.0", status="Archived"))
    records = collected(*several).records

    assert found(*several) == []
    assert not [r for r in records if r.request.operation == "ListPackageVersionAssets"]


def test_a_version_of_unknown_origin_may_be_ours() -> None:
    assert len(found({"version": "1.0", "status": "Published"})) == 1


def test_a_package_without_a_namespace_is_asked_for_without_one() -> None:
    (row,) = found(version(), namespace="")

    assert row.name == "code/npm/npm/player/player.tgz"


@pytest.mark.parametrize("operation", ["ListPackageVersions", "ListPackageVersionAssets"])
def test_what_is_not_listed_is_unknown(operation: str) -> None:
    (row,) = found(version(), deny=(operation,))

    assert isinstance(row.digest, Unknown)
    assert row.digest.permission == f"codeartifact:{operation}"


@pytest.mark.parametrize(
    "hashes",
    [
        pytest.param({}, id="none"),
        pytest.param({"SHA-512": base64.b16encode(b"x" * 64).decode()}, id="another"),
    ],
)
def test_a_file_without_its_hash_is_unknown(hashes: Json) -> None:
    (row,) = found(version(), assets=({"name": "x", "hashes": hashes},))

    assert isinstance(row.digest, Unknown)
