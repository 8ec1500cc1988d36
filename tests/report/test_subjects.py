"""Rows without a name have words that a reader knows them by."""

import pytest

from auditor.model import Json
from auditor.report.subjects import kind_of, name_of, sort_of

ACCESS: dict[str, Json] = {
    "id": "aws/1/us-east-1/s3/read/229159cb",
    "principal_id": "999999999999",
    "access": "read",
    "store_id": "arn:aws:s3:::user-contacts",
    "address": "165.21.1.7",
    "first": "2026-11-21T04:00:00Z",
    "last": "2026-11-21T04:00:00Z",
}


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        pytest.param(
            ACCESS,
            "999999999999: read arn:aws:s3:::user-contacts, 2026-11-21T04:00:00Z from 165.21.1.7",
            id="access",
        ),
        pytest.param(
            {**ACCESS, "access": "sign-in", "store_id": "", "address": ""},
            "999999999999: sign-in, 2026-11-21T04:00:00Z",
            id="sign-in",
        ),
        pytest.param(
            {"principal_id": None, "access": None, "store_id": None},
            "somebody not known: access not known of a store not known",
            id="unknown right",
        ),
        pytest.param(
            {"principal_id": "anna", "access": "write", "repository_id": "github/acme/app"},
            "anna: write github/acme/app",
            id="right over code",
        ),
        pytest.param(
            {"principal_id": "k", "power": "change trails"}, "k: change trails", id="power"
        ),
        pytest.param(
            {"name": "root", "person_name": "Grace Hollis"}, "Grace Hollis, root", id="person"
        ),
        pytest.param({"id": "x", "name": "uploads"}, "uploads", id="name"),
        pytest.param({"id": "x", "text": "Allow any-user"}, "Allow any-user", id="statement"),
        pytest.param({"id": "x", "title": "Add feed"}, "Add feed", id="change"),
        pytest.param({"id": "x", "host": "api.example"}, "api.example", id="destination"),
        pytest.param({"id": "x"}, "", id="nothing"),
        pytest.param(
            {"direction": "in", "peer": "internet", "through": "gateway", "network": "vpc-1"},
            "in: internet, by gateway, of network vpc-1",
            id="opening",
        ),
        pytest.param(
            {"source": "trail", "start": "A", "end": "B", "reason": "no digest"},
            "trail, A to B: no digest",
            id="recording",
        ),
    ],
)
def test_a_row_is_said_in_words(subject: dict[str, Json], said: str) -> None:
    """Who, what, to what, when and whence, as far as the table has it."""
    assert name_of(subject) == said


def test_kinds_are_told_apart() -> None:
    """A right has no kind, but an access by which it is counted."""
    assert (kind_of(ACCESS), sort_of(ACCESS)) == ("", "read")
    assert (kind_of({"mechanism": "copy"}), sort_of({"service": "s3"})) == ("copy", "s3")
    assert kind_of({"kind": None}) == "unknown"
