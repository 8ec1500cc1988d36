"""Reading YAML: what it means, what is refused, and where the faults are."""

import contextlib
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from auditor.documents import Document, parse_document, read_document, validate
from auditor.documents.builder import DEEPEST
from auditor.documents.reader import LONGEST_FILE
from auditor.errors import ConfigError, Fault


class Strict(BaseModel):
    """The settings that every model of ours has."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Bucket(Strict):
    """A small model for these tests."""

    name: str
    kind: Literal["bucket", "volume"] = "bucket"
    open: bool = False


class Estate(Strict):
    """A model that nests another."""

    owner: str
    buckets: tuple[Bucket, ...] = ()
    limits: dict[str, int] = {}


def load(text: str, model: type[BaseModel] | None = None) -> Document:
    """Parse a text and hold it against a model."""
    document = parse_document(text, "x.yaml")
    if model:
        validate(document, model)
    return document


def faults(text: str, model: type[BaseModel] | None = None) -> list[Fault]:
    """Return the faults that a text is refused for."""
    with pytest.raises(ConfigError) as caught:
        load(text, model)
    return list(caught.value.faults)


def where(found: list[Fault]) -> list[tuple[int, int]]:
    """Return the places of faults."""
    return [(fault.line, fault.column) for fault in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("12", 12),
        ("-1.5e3", -1500.0),
        ("012345678901", "012345678901"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("2026-01-31", "2026-01-31"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("9" * 5000, "9" * 5000),
        ("'true'", "true"),
        ("| \n  a\n  b\n", "a\nb\n"),
        ("[a, {b: NO}]", ["a", {"b": "NO"}]),
        ("1: a", {"1": "a"}),
        ('{"a": [1, null]}', {"a": [1, None]}),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    """Norway is text, days are text, account numbers keep their zeros."""
    assert parse_document(text, "x").value == value


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", (3, 1), "'a' is set twice"),
        ("a: &x 1\n", (1, 4), "anchors"),
        ("a: [1]\nb: *a\n", (2, 4), "aliases"),
        ("a: !!str 1\n", (1, 4), "tags"),
        ("<<: {a: 1}\n", (1, 1), "merge keys"),
        ("a: 1\n---\nb: 2\n", (2, 1), "second document"),
        ("? [a]\n: 1\n", (1, 3), "a key must be text"),
        ("%YAML 1.1\n---\na: NO\n", (2, 1), "directives"),
        ("a: b: c\n", (1, 5), "mapping values are not allowed"),
        ("a: 1\n\tb: 2\n", (2, 1), "is not YAML"),
        ("a: '\x07'\n", (1, 5), "U+0007"),
        ('a: "\\ud800"\n', (1, 4), "surrogate"),
        ('a: "\\U00110000"\n', (1, 1), "is not YAML"),
    ],
)
def test_what_surprises_is_refused(text: str, place: tuple[int, int], words: str) -> None:
    """Each refusal names its line and column."""
    (found,) = faults(text)
    assert (found.line, found.column) == place
    assert words in found.message


def test_every_fault_of_a_file_is_reported_at_once() -> None:
    """One run shows all there is to mend, in the order of the file."""
    found = faults("a: &x 1\na: 2\nb: *x\nc: !t 1\n")
    assert where(found) == [(1, 4), (2, 1), (3, 4), (4, 4)]


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 5000, "{a: " * 5000])
def test_deep_nesting_is_refused(text: str) -> None:
    """A file cannot exhaust the stack."""
    assert f"more than {DEEPEST} levels" in faults(text)[0].message


def test_place_falls_back_to_the_nearest_parent() -> None:
    """A location that does not exist still points somewhere useful."""
    document = parse_document("a:\n  - b: 1\n    c: two words\n", "x.yaml")
    assert document.place(("a", 0, "c")) == (3, 8)
    assert document.place(("a", 0, "missing")) == (2, 5)
    assert document.place(("nowhere", 3)) == (1, 1)
    assert document.key_place(("a", 0, "c")) == (3, 5)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("k: some plain word\n", (1, 15)),
        ("k: 'some plain word'\n", (1, 16)),
        ("k: |\n  some\n  plain word\n", (3, 9)),
        ("k: >-\n  some plain\n  word\n", (3, 3)),
        ("k: some\n  plain\n  word\n", (3, 3)),
        ('k: "some plain \\x77ord"\n', (1, 4)),
    ],
)
def test_places_within_text_survive_folding(text: str, place: tuple[int, int]) -> None:
    """The place of a word inside a value is its place in the file."""
    document = parse_document(text, "x.yaml")
    assert document.place_within(("k",), document.value["k"].index("word")) == place


def test_files_that_cannot_be_read_are_faults(tmp_path: Path) -> None:
    """A missing, binary or huge file is refused like any other fault."""
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"a: 1\nb: \xff\n")
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * (LONGEST_FILE + 1))
    for path, words in (
        (tmp_path / "none.yaml", "No such file"),
        (tmp_path, "directory"),
        (Path("a\0b"), "cannot be read"),
        (binary, "not UTF-8"),
        (huge, "longer than"),
    ):
        with pytest.raises(ConfigError, match=words):
            read_document(path)


def test_validation_maps_every_error_to_its_place() -> None:
    """Misspelt keys and values get a hint; the place is the key's or the value's."""
    found = faults(
        "ownr: me\nbuckets:\n  - nam: a\n    kind: volum\n    open: NO\nlimits: {a: x}\n", Estate
    )
    assert [(fault.line, fault.column, fault.message, fault.hint) for fault in found] == [
        (1, 1, "'owner' is missing", ""),
        (1, 1, "there is no setting 'ownr' here", "did you mean 'owner'?"),
        (3, 5, "'name' is missing", ""),
        (3, 5, "there is no setting 'nam' here", "did you mean 'name'?"),
        (4, 11, "'volum' is not one of the values allowed here", "did you mean 'volume'?"),
        (5, 11, "must be true or false, not 'NO'", ""),
        (6, 13, "must be a whole number, not 'x'", ""),
    ]


def test_numbers_where_text_belongs_need_quotes() -> None:
    """Strict: a number is never silently turned into text."""
    (found,) = faults("owner: 7\n", Estate)
    assert found.message == "must be text, not the number 7"
    assert found.hint == "put it in quotes"


@pytest.mark.parametrize("text", ["", "[]", "7"])
def test_a_file_of_the_wrong_shape_is_one_fault(text: str) -> None:
    """A list or an empty file is refused at its first line."""
    assert where(faults(text, Estate)) == [(1, 1)]


def test_what_a_file_says_is_quoted_on_one_line() -> None:
    """A key cannot add lines to a message, nor fill the screen."""
    (found,) = faults('owner: me\n"a\\n\\r::error::\\u2028b": 1\n', Estate)
    assert found.message == "there is no setting 'a ::error:: b' here"
    (found,) = faults(f"owner: [{'x' * 500}]\n? {'y' * 500}\n: 1\n? {'y' * 500}\n: 1\n")
    assert len(found.message) < 100


def _attempt(text: str) -> Document | None:
    try:
        return load(text, Estate)
    except ConfigError:
        return None


@given(
    st.text(max_size=60) | st.text(alphabet="[]{}:-?!&*|>'\"%@` \n\t,aN0.~\\xuU<=#", max_size=40)
)
@settings(deadline=None)
def test_text_raises_nothing_but_configuration_errors(text: str) -> None:
    """Whatever a file holds, the user sees faults and no traceback."""
    _attempt(text)


@given(st.binary(max_size=60))
@settings(deadline=None)
def test_bytes_raise_nothing_but_configuration_errors(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """Bytes that are no text are refused, whatever they are."""
    path = tmp_path_factory.getbasetemp() / "bytes.yaml"
    path.write_bytes(content)
    with contextlib.suppress(ConfigError):
        read_document(path)


def test_values_are_taught_within_named_entries_and_by_form() -> None:
    """Entries whose names have a form, text that has one, and moments: each says what to write."""

    class Entry(Strict):
        kind: Literal["list", "text"]

    class Named(Strict):
        code: Annotated[str, Field(pattern="^[A-Z]$")]
        moment: AwareDatetime
        entries: dict[Annotated[str, Field(pattern="^[a-z]+$")], Entry]

    text = "code: ab\nmoment: 2026-12-31\nentries:\n  one: {kind: map}\n"
    said = [(fault.message, fault.hint) for fault in faults(text, Named)]
    assert said == [
        ("'ab' does not have the form ^[A-Z]$", ""),
        ("must be a moment with a time zone, such as 2026-01-31T23:59:59Z, not '2026-12-31'", ""),
        ("'map' is not one of the values allowed here", "write one of list, text"),
    ]
