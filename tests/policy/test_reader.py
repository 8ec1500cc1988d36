from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.errors import ConfigError
from auditor.policy import find_packs, load_pack
from auditor.policy.pack import Quantifier

PACK = """\
name: small
version: "1"
title: A small pack
source: a test
commitments: {A: Data stays.}
terms:
  holds: list_contains(store.data_classes, 'x')
parameters:
  approved: {type: list of text, default: [US], meaning: Countries., tightens: shorter}
"""
CONTROL = """\
- id: A-01
  title: In an approved country
  commitment: A
  severity: high
  every: stores
  where: holds
  must:
    - says: is there
      check: store.country in $approved
  why: Because.
  cites: [seed S01]
  remedy: Move it.
"""


def write_pack(folder: Path, pack: str = PACK, controls: str = CONTROL, cases: str = "") -> Path:
    """Write a pack of one controls file."""
    root = folder / "small"
    (root / "controls").mkdir(parents=True, exist_ok=True)
    (root / "pack.yaml").write_text(pack, encoding="utf-8")
    (root / "controls" / "a.yaml").write_text(controls, encoding="utf-8")
    if cases:
        (root / "tests").mkdir(exist_ok=True)
        (root / "tests" / "a.yaml").write_text(cases, encoding="utf-8")
    return root


def faults(folder: Path) -> list[str]:
    """The faults of a pack as 'file:line:column: message | hint'."""
    with pytest.raises(ConfigError) as caught:
        load_pack(folder)
    return [
        f"{Path(f.path).name}:{f.line}:{f.column}: {f.message} | {f.hint}"
        for f in caught.value.faults
    ]


def test_a_pack_is_read(tmp_path: Path) -> None:
    """Every part arrives, with the place in the pack and no path of this machine."""
    pack = load_pack(write_pack(tmp_path))
    control = pack.controls[0]
    assert (control.quantifier, control.table) == (Quantifier.EVERY, "stores")
    assert control.place == "small/controls/a.yaml:1"
    assert control.reads == ("stores",)
    assert control.must[0].check.parameters == ("approved",)
    assert pack.terms == {"holds": "list_contains(store.data_classes, 'x')"}
    assert len(pack.digest) == 64


def test_the_digest_speaks_of_every_file(tmp_path: Path) -> None:
    """It changes with any file's text and does not depend on where the pack lies."""
    here = load_pack(write_pack(tmp_path / "here"))
    there = load_pack(write_pack(tmp_path / "there"))
    other = load_pack(write_pack(tmp_path / "other", controls=CONTROL + "# note\n"))
    assert here.digest == there.digest != other.digest


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("store.country in", "store.cuntry in", "a.yaml:9:20: store has no column 'cuntry' | did"),
        ("in $approved", "in $aproved", "a.yaml:9:31: parameter $aproved is not declared | did"),
        ("where: holds", "where: hols", "a.yaml:6:10: 'hols' is neither a term"),
        ("every: stores", "every: store", "a.yaml:5:10: there is no table 'store' | did you mean"),
        ("commitment: A", "commitment: B", "a.yaml:3:15: there is no commitment 'B'"),
        ("  every: stores\n", "", "needs exactly one of 'every' and 'some'"),
        ("  every: stores\n", "  every: stores\n  some: keys\n", "needs exactly one of"),
        ("severity: high", "severity: hihg", "a.yaml:4:13"),
        ("why: Because.", "wy: Because.", "a.yaml:10:3"),
        ("remedy: Move it.", "remedy: Move it.\n  complete: [acounts]", "there is no table 'acoun"),
        ("id: A-01", "id: first", "a.yaml:1:7"),
        ("cites: [seed S01]", "cites: []", "a.yaml:11:10"),
        ("every: stores", "every: unknowns", "there is no table 'unknowns'"),
        (
            "check: store.country in $approved",
            "check: >-\n        store.encrypted\n        and store.publc",
            "a.yaml:11:19: store has no column 'publc' | did you mean 'public'?",
        ),
    ],
)
def test_faults_of_a_control(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """Each fault has its line and column, inside folded text too."""
    found = faults(write_pack(tmp_path, controls=CONTROL.replace(old, new)))
    assert any(expected in fault for fault in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "store.data_classes, 'x'",
            "store.data_clases, 'x'",
            "pack.yaml:7:30: store has no column",
        ),
        (
            "list_contains(store.data_classes, 'x')",
            "holds",
            "pack.yaml:7:10: term holds is defined",
        ),
        ("list_contains(store.data_classes, 'x')", "store.country is null", "cannot be used"),
        ("default: [US]", "default: US", "is not a list of text"),
        ("default: [US]", "default: []", "is an empty list"),
        ("tightens: shorter", "tightens: larger", "this type tightens shorter or longer"),
        ("  approved:", "  as_of:", "$as_of is given by every audit"),
        ("title: A small pack", "titel: A small pack", "pack.yaml:3"),
    ],
)
def test_faults_of_the_manifest(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """Terms and parameters are checked where they are defined."""
    found = faults(write_pack(tmp_path, pack=PACK.replace(old, new)))
    assert any(expected in fault for fault in found), found


def test_a_broken_term_is_reported_once(tmp_path: Path) -> None:
    """Its uses are not at fault."""
    found = faults(write_pack(tmp_path, pack=PACK.replace("data_classes", "data_clases")))
    assert len(found) == 1


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    """Three files with a fault each give three faults."""
    root = write_pack(
        tmp_path,
        pack=PACK.replace("default: [US]", "default: 3"),
        controls=CONTROL.replace("store.country", "store.cuntry"),
        cases="- {control: A-09, name: n, given: {}, expect: pass}\n",
    )
    assert {fault.split(":")[0] for fault in faults(root)} == {"pack.yaml", "a.yaml"}
    assert len(faults(root)) == 3


def test_cases_in_files_of_their_own(tmp_path: Path) -> None:
    """They join the control that they name; their rows are checked."""
    case = "- {control: A-01, name: n, given: {stores: [{country: NO}]}, expect: fail}\n"
    pack = load_pack(write_pack(tmp_path, cases=case))
    assert pack.controls[0].cases[0].given["stores"][0]["country"] == "NO"
    wrong = case.replace("country: NO", "cuntry: NO, public: 3")
    found = faults(write_pack(tmp_path, cases=wrong))
    assert any("stores has no column 'cuntry'" in fault for fault in found)
    assert any("public is not true or false" in fault for fault in found)


def test_a_control_twice(tmp_path: Path) -> None:
    """The second says where the first is."""
    found = faults(write_pack(tmp_path, controls=CONTROL + CONTROL))
    assert any("there twice, first at small/controls/a.yaml:1" in fault for fault in found)


@pytest.mark.parametrize("name", ["b.yml", "b.yaml.bak", "sub", "c.yaml"])
def test_no_file_is_passed_over_in_silence(tmp_path: Path, name: str) -> None:
    """A control in a file of another ending, or in a folder, would be missed by nobody."""
    root = write_pack(tmp_path)
    stray = root / "controls" / name
    if name in ("sub", "c.yaml"):
        stray.mkdir()
    else:
        stray.write_text(CONTROL, encoding="utf-8")
    assert any(fault.startswith(name) for fault in faults(root))


def test_a_pack_without_controls(tmp_path: Path) -> None:
    """It would answer nothing."""
    root = write_pack(tmp_path)
    (root / "controls" / "a.yaml").unlink()
    assert any("has no controls" in fault for fault in faults(root))


def test_a_folder_without_a_pack(tmp_path: Path) -> None:
    """It is a fault, not a crash; and no pack is found there."""
    assert faults(tmp_path / "nothing")
    assert find_packs(tmp_path) == ()
    assert find_packs(write_pack(tmp_path).parent) == (tmp_path / "small",)


WORDS = [
    "store.country",
    "$approved",
    "and",
    "or",
    "not",
    "in",
    "(",
    ")",
    ",",
    "'x'",
    "''",
    "=",
    "<>",
    "like",
    "is",
    "null",
    "holds",
    "1",
    "-",
    "[",
    "]",
    "{",
    "}",
    "case",
    "when",
    "end",
    "select",
    "from",
    "any",
    ";",
    "$",
    "$$",
    "::",
    ".",
    "*",
    "store",
    "lower(",
    "->",
    "between",
    '"',
    "\\",
    "~",
    "||",
    "as",
]


def read_or_refuse(folder: Path, **files: str) -> None:
    """Load a pack; nothing but a ConfigError with faults may come of it."""
    try:
        load_pack(write_pack(folder, **files))
    except ConfigError as error:
        refused = len(error.faults)
        assert refused > 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), place=st.sampled_from(["pack", "controls", "cases"]))
def test_any_text_is_read_or_refused(tmp_path: Path, text: str, place: str) -> None:
    """No text in any file raises anything but ConfigError."""
    read_or_refuse(tmp_path, **{place: text.encode("utf-8", "replace").decode()})


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_words_are_compiled_or_refused(tmp_path: Path, words: list[str]) -> None:
    """No jumble of SQL's words in a check raises anything but ConfigError."""
    check = " ".join(words).replace("'", "''")
    read_or_refuse(tmp_path, controls=CONTROL.replace("store.country in $approved", f"'{check}'"))
