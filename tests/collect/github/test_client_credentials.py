"""Signing in to GitHub: with a token, or as an App."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from auditor.collect.github.client import GithubDoor
from auditor.errors import CollectionError
from auditor.model import Outcome, Target
from tests.collect.github.host import Reply, rest, visiting

MEMBERS = "GET /orgs/{org}/members"


def test_credentials_that_end_on_the_way_stop_the_collection() -> None:
    with visiting(Reply(body=[]), Reply(status=401, body={"message": "Bad"})) as visit:
        visit.door.ask(rest(MEMBERS))
        with pytest.raises(CollectionError, match="renew them"):
            visit.door.ask(rest(MEMBERS))


def test_a_target_without_a_token_says_which_variable_is_empty() -> None:
    target = Target(
        name="code", provider="github", options={"organization": "a", "token_env": "NOT_SET_HERE"}
    )
    with pytest.raises(CollectionError, match="NOT_SET_HERE holds no token"):
        GithubDoor(target)


def app_options(folder: Path) -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "app.pem").write_bytes(pem)
    return {"app": "12", "installation": "34", "key": str(folder / "app.pem")}


def test_an_app_exchanges_its_key_for_a_token_and_writes_nothing_else(tmp_path: Path) -> None:
    token = {"token": "ghs_x", "expires_at": "2099-01-01T00:00:00Z"}
    options = app_options(tmp_path)
    with visiting(Reply(status=201, body=token), Reply(body=[]), **options) as visit:
        answers = [visit.door.ask(rest(MEMBERS)).outcome for _ in range(2)]

    assert answers == [Outcome.OK, Outcome.OK]
    assert [(each.method, each.path) for each in visit.host.seen] == [
        ("POST", "/api/v3/app/installations/34/access_tokens"),
        ("GET", "/api/v3/orgs/acme/members"),
        ("GET", "/api/v3/orgs/acme/members"),
    ]
    assert visit.host.seen[2].headers["authorization"] == "token ghs_x"


def test_an_app_that_is_not_installed_there_is_refused(tmp_path: Path) -> None:
    options = app_options(tmp_path)
    with visiting(Reply(status=404, body={"message": "Not Found"}), **options) as visit:
        answer = visit.door.ask(rest(MEMBERS))

    assert (answer.outcome, answer.code) == (Outcome.DENIED, "404")


def test_a_token_never_leaves_in_the_clear() -> None:
    options = {"organization": "a", "host": "http://code.example.com"}
    with pytest.raises(CollectionError, match="in the clear"):
        GithubDoor(Target(name="code", provider="github", options=options))
