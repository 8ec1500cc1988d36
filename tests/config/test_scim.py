"""A roster from a directory's SCIM export: what each user becomes, and what is refused."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.config.roster import read_roster
from auditor.config.scim import ENTERPRISE, GROUP, USER
from auditor.errors import ConfigError
from auditor.model import Json, Person

EXTENSION = "urn:example:params:scim:schemas:vetting"
JANE: dict[str, Json] = {
    "schemas": [USER, ENTERPRISE, EXTENSION],
    "id": "2819c223",
    "externalId": "jroe-ext",
    "userName": "jroe",
    "name": {"formatted": "Jane Roe"},
    "active": True,
    "emails": [{"value": "Jane@example.com"}, {"value": "j*@example.org"}],
    "addresses": [{"type": "work", "country": "us"}, {"type": "home", "country": "CA"}],
    ENTERPRISE: {"organization": "Example", "employeeNumber": "701984"},
    EXTENSION: {"coveredPerson": False, "vettedUntil": "2026-12-31", "principals": "role/jane-*"},
}


def export(*resources: Json, **members: Json) -> str:
    """Return a whole ListResponse."""
    response = {"totalResults": len(resources), "Resources": list(resources), **members}
    return json.dumps(response, indent=1)


def read(folder: Path, text: str) -> tuple[Person, ...]:
    """Return the roster that a text holds."""
    path = folder / "roster.json"
    path.write_text(text)
    return read_roster(path)


def refusals(folder: Path, text: str) -> list[tuple[int, str]]:
    """Return the line and words of every fault."""
    with pytest.raises(ConfigError) as caught:
        read(folder, text)
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_a_user_becomes_a_line_of_the_roster(tmp_path: Path) -> None:
    """Employer, countries, vetting and every name that its principals may bear."""
    group = {"schemas": [GROUP], "id": "g", "displayName": "Everybody"}
    assert read(tmp_path, export(JANE, group)) == (
        Person(
            id="2819c223",
            name="Jane Roe",
            employer="Example",
            country="US",
            covered_person=False,
            residence="CA",
            vetted_until="2026-12-31",
            principals=(
                "jroe", "jroe-ext", "701984", "Jane@example.com", "j[*]@example.org",
                "role/jane-*",
            ),
        ),
    )  # fmt: skip


def test_what_is_not_said_stays_empty(tmp_path: Path) -> None:
    """An absent flag has not been determined; two countries of work are none."""
    addresses = [{"country": "US"}, {"country": "DE"}]
    (found,) = read(tmp_path, export({"id": "x", "addresses": addresses}))
    assert found == Person(id="x", name="", employer="", country="", covered_person=None)


def test_a_list_without_its_envelope_is_read_too(tmp_path: Path) -> None:
    """Some directories write the resources alone."""
    assert [person.id for person in read(tmp_path, json.dumps([JANE]))] == ["2819c223"]


@pytest.mark.parametrize(
    ("user", "left"),
    [
        ({"active": False, "meta": {"lastModified": "2026-05-01T10:00:00Z"}}, "2026-05-01"),
        ({"active": False, EXTENSION: {"left": "2026-04-30"}}, "2026-04-30"),
        ({"active": True, EXTENSION: {"left": "2026-04-30"}}, "2026-04-30"),
        ({"active": True, "meta": {"lastModified": "2026-05-01T10:00:00Z"}}, ""),
    ],
)
def test_a_user_that_is_not_active_has_left(tmp_path: Path, user: Json, left: str) -> None:
    """On the day that the directory names, or else on that of its last change."""
    assert read(tmp_path, export({"id": "x", **user}))[0].left == left


def test_a_service_has_an_owner(tmp_path: Path) -> None:
    """A service identity is told by an extension, with the person who answers for it."""
    robot = {"id": "robot", EXTENSION: {"kind": "service", "owner": "2819c223"}}
    assert read(tmp_path, export(robot, JANE))[0].owner == "2819c223"
    robot[EXTENSION] = {"kind": "service", "owner": "nobody"}
    assert refusals(tmp_path, export(robot)) == [
        (5, "user 'robot': owner 'nobody' is not on the roster")
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("{", 1, "is not JSON"),
        ('{"Resources": [],\n "totalResults": 1,, }', 2, "is not JSON"),
        ('{"Resources": [], "Resources": []}', 1, "twice"),
        ("[" * 100_000, 1, "is not JSON"),
        ('{"users": []}', 1, "'Resources'"),
        ('{"Resources": {}}', 1, "'Resources'"),
        (export(JANE, totalResults=2), 1, "1 of 2 resources"),
        (export("x"), 1, "Resources[0]"),
        (export({"id": 1}), 1, "Resources[0]"),
        (export(JANE, JANE), 10, "there twice"),
        (export({"id": "x", "userName": 1}), 5, "'userName' must be text"),
        (export({"id": "x", "emails": {}}), 5, "'emails' must be a list"),
        (export({"id": "x", "emails": ["a"]}), 5, "'emails' must be a list of objects"),
        (export({"id": "x", "name": []}), 5, "'name' must be an object"),
        (export({"id": "x", "active": False}), 5, "not active"),
        (export({"id": "x", "addresses": [{"country": "Norway"}]}), 5, "country code"),
        (export({"id": "x", EXTENSION: {"coveredPerson": "perhaps"}}), 5, "covered_person"),
        (export({"id": "x", "urn:a": {"left": "a"}, "urn:b": {"left": "b"}}), 5, "two extensions"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, text: str, line: int, words: str) -> None:
    """Nobody is left out silently, and a page of a list is not the list."""
    ((found, message),) = refusals(tmp_path, text)
    assert found == line
    assert words in message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "Resources", "name", "emails", "addresses", ENTERPRISE, EXTENSION]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
@settings(deadline=None)
def test_any_json_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, value: Json) -> None:
    """A hostile export ends in people or in faults, and in nothing else."""
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps({"Resources": [value]}))
    with contextlib.suppress(ConfigError):
        assert all(isinstance(person, Person) for person in read_roster(path))
