"""audit.json: the same bytes each time, and nothing in it but an audit."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.config.audit_file import encode_audit, read_audit, write_audit
from auditor.config.configuration import new_audit
from auditor.config.loader import load_config
from auditor.errors import BundleError
from auditor.model import Audit, ClassificationRule, PackChoice, Person, Target
from tests.config.examples import write_config


def some_audit(agreement: str = "a", company: str = "b\u202e") -> Audit:
    """Return an audit with values of every shape."""
    return Audit(
        id="x",
        agreement=agreement,
        company=company,
        as_of="2026-01-01T00:00:00Z",
        period_start="2026-01-01",
        period_end="2026-01-02",
        tool_version="1",
        targets=(Target(name="t", provider="aws", options={"b": "1", "a": "2"}),),
        classification=(ClassificationRule(name="r", data_classes=(), tags={"k": "v"}),),
        roster=(Person(id="p", name="", employer="", country="", covered_person=None),),
        packs=(PackChoice(name="p", parameters={"deep": [1, {"x": None}], "a": 1.5}),),
    )


def test_an_audit_survives_its_file(tmp_path: Path) -> None:
    """Nothing is lost or changed, and the bytes are the same each time."""
    audit = some_audit()
    write_audit(audit, tmp_path / "audit.json")
    assert read_audit(tmp_path / "audit.json") == audit
    assert (tmp_path / "audit.json").read_bytes() == encode_audit(audit)


def test_a_loaded_configuration_survives_too(tmp_path: Path) -> None:
    """Lists and mappings from YAML come back equal."""
    audit = new_audit(
        load_config(write_config(tmp_path)), as_of="2026-01-01T00:00:00Z", tool_version="1", id="i"
    )
    write_audit(audit, tmp_path / "audit.json")
    assert read_audit(tmp_path / "audit.json") == audit


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[:-2],
        lambda content: b" " + content,
        lambda content: content.replace(b'"company"', b'"extra":1,"company"'),
        lambda content: content.replace(b'"company":"b', b'"company":1,"x":"b'),
        lambda content: b"[" * 100_000,
        lambda content: b"\xff",
    ],
)
def test_anything_but_an_audit_is_refused(tmp_path: Path, change: object) -> None:
    """Unknown members, other spellings and broken files are named, not read around."""
    assert callable(change)
    path = tmp_path / "audit.json"
    path.write_bytes(change(encode_audit(some_audit())))
    with pytest.raises(BundleError, match=r"audit\.json"):
        read_audit(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(BundleError, match="cannot be read"):
        read_audit(tmp_path / "audit.json")


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
@settings(deadline=None)
def test_any_text_survives(
    tmp_path_factory: pytest.TempPathFactory, agreement: str, company: str
) -> None:
    """Names of any kind come back as they were."""
    path = tmp_path_factory.getbasetemp() / "audit.json"
    audit = some_audit(agreement=agreement, company=company)
    write_audit(audit, path)
    assert read_audit(path) == audit
