"""Links lead somewhere, examples are valid, the reference is current, and words are honest."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from auditor.config.log_settings import GeographySettings, LogSettings, LogsSettings
from auditor.config.people import OPTIONAL, REQUIRED
from auditor.config.register import EntrySettings, RegisterFile
from auditor.config.roster import read_roster
from auditor.config.schema import (
    AcceptedSigner,
    AuditFile,
    AwsTarget,
    OciTarget,
    PartySettings,
    Rule,
    SigningSettings,
    WaiverFile,
    WaiverSettings,
)
from auditor.documents import validate
from auditor.documents.reader import parse_document
from auditor.policy.entries import ControlEntry, ControlsFile, PackEntry
from auditor.tables import TABLES
from auditor.verify.steps import NAMES
from tests.docs import catalogue
from tests.docs.pages import PAGES, ROOT, blocks
from tests.docs.tables import PAGE, written

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_BLOCK = re.compile(r"^```.*?^```$", flags=re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"^```.*?^```$|`[^`]*`", flags=re.MULTILINE | re.DOTALL)
# What no report and no page may say that the tool makes of anybody.
_CLAIMS = re.compile(
    r"\b(is|are|be|becomes|proves|proven|guarantees|ensures)\s+(\w+\s+)?"
    r"(compliant|compliance|certified|secure)\b",
    flags=re.IGNORECASE,
)
_DENIALS = ("never", "no report", "not ")
BASE: dict[str, Any] = {
    "agreement": "an agreement",
    "company": "a company",
    "period": {"start": "2026-01-01", "end": "2026-12-31"},
    "aws": [{"name": "here"}],
    "policies": [{"pack": "ttp-2020"}],
    "signing": {"ephemeral": True},
}
PACK = {"name": "a", "version": "1", "title": "t", "source": "s", "commitments": {"A": "a"}}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _anchors(path: Path) -> set[str]:
    text = _CODE.sub(lambda found: found[0].replace("\n#", "\n"), path.read_text(encoding="utf-8"))
    heads = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_relative_link_resolves(path: Path) -> None:
    """A link to a file of this repository, and to a heading of it, finds both."""
    text = re.sub(
        r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the repository"
        assert not anchor or anchor in _anchors(target), f"{link}: no such heading"


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_no_page_claims_what_only_people_can(path: Path) -> None:
    """Nobody is compliant, certified or secure because of this tool."""
    for sentence in re.split(r"(?<=[.:;])\s", " ".join(path.read_text(encoding="utf-8").split())):
        if _CLAIMS.search(sentence):
            assert any(word in sentence.lower() for word in _DENIALS), sentence


def test_the_index_of_decisions_is_whole() -> None:
    """Every page of a decision is in the index under its number and title, and none is missing."""
    folder = ROOT / "docs/adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    assert [int(path.name[:4]) for path in pages] == list(range(1, len(pages) + 1))
    for path in pages:
        head = path.read_text(encoding="utf-8").splitlines()[0]
        number, title = path.name[:4], head.removeprefix(f"# {path.name[:4]} ")
        assert f"| [{number}]({path.name}) | {title} |" in index


@pytest.mark.parametrize("path", sorted((ROOT / "docs/adr").glob("0*.md")), ids=_name)
def test_a_decision_has_its_four_parts(path: Path) -> None:
    """Context, options with what is good and bad about them, decision, consequences."""
    text = path.read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    assert heads == ["Context", "Options", "Decision", "Consequences"]
    options = text.split("## Options")[1].split("## Decision")[0]
    assert len(re.findall(r"^\d\. ", options, flags=re.MULTILINE)) >= 2
    assert "Good, because" in options
    assert "Bad, " in options


def test_the_files_that_a_decision_touches_exist() -> None:
    """The index names files and folders that are there."""
    index = (ROOT / "docs/adr/README.md").read_text(encoding="utf-8")
    for name in re.findall(r"`([\w./]+[./][\w./]*)`", index):
        assert (ROOT / name).exists(), name


def test_the_reference_of_tables_is_current() -> None:
    """Run ``python -m tests.docs.tables`` when this fails."""
    text = PAGE.read_text(encoding="utf-8")
    assert text == written(text)
    assert all(f"### {table.table}\n" in text for table in TABLES)


def test_the_guide_lists_the_steps_of_a_verification() -> None:
    """The page on handing over has a line for each step."""
    text = (ROOT / "docs/hand-over.md").read_text(encoding="utf-8")
    numbers = {int(n) for n in re.findall(r"^\| (\d+) \|", text, flags=re.MULTILINE)}
    assert numbers == set(NAMES)


def _settings(text: str) -> Any:
    return parse_document(text, "example").value


@pytest.mark.parametrize(
    "text",
    [
        text
        for page in ("configuration", "credentials-aws", "credentials-oci", "policies")
        for text in blocks(ROOT / f"docs/{page}.md", "yaml")
        if not text.startswith(("- id:", "#", "name:", "parameters:"))
    ],
)
def test_every_example_of_a_configuration_is_valid(text: str) -> None:
    """An example can be pasted into audit.yaml, or into the file that it is of, as it stands."""
    settings = _settings(text)
    if isinstance(settings.get("waivers"), list):
        validate(parse_document(text, "example"), WaiverFile)
        return
    if isinstance(settings.get("register"), list):
        validate(parse_document(text, "example"), RegisterFile)
        return
    whole = BASE | settings
    TypeAdapter(AuditFile).validate_json(TypeAdapter(dict[str, Any]).dump_json(whole))


def test_every_example_of_a_policy_is_valid() -> None:
    """The pack, the control and the parameter of the page on policies fit the files of a pack."""
    examples = blocks(ROOT / "docs/policies.md", "yaml")
    controls = [text for text in examples if text.startswith("- id:")]
    parameters = [text for text in examples if text.startswith("parameters:")]
    assert controls
    assert parameters
    (pack,) = (text for text in examples if text.startswith("name:"))
    validate(parse_document(pack, "example"), PackEntry)
    for text in controls:
        validate(parse_document(text, "example"), ControlsFile)
    for text in parameters:
        whole = {
            "name": "a",
            "version": "1",
            "title": "t",
            "source": "s",
            "commitments": {"A": "a"},
        }
        PackEntry.model_validate(whole | _settings(text))


def test_every_program_that_writes_a_page_exists() -> None:
    """CONTRIBUTING names modules that can be run."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    modules = re.findall(r"^\$ python -m ([\w.]+)", text, flags=re.MULTILINE)
    assert len(modules) >= 5
    for name in modules:
        path = ROOT / (name.replace(".", "/") + ".py")
        assert "__main__" in path.read_text(encoding="utf-8"), name


def test_the_picture_of_a_report_is_a_small_png() -> None:
    """It loads fast where the README is read."""
    picture = (ROOT / "docs/images/report.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 300_000


def test_every_word_of_a_control_is_explained() -> None:
    """Whatever a control may say stands in the table of the page on policies."""
    text = (ROOT / "docs/policies.md").read_text(encoding="utf-8")
    table = text.split("## The words")[1].split("An expression is")[0]
    for name in ControlEntry.model_fields:
        assert f"`{name}:" in table, name


@pytest.mark.parametrize(
    ("model", "page"),
    [
        (AuditFile, "configuration"),
        (PartySettings, "configuration"),
        (Rule, "configuration"),
        (WaiverSettings, "configuration"),
        (AcceptedSigner, "configuration"),
        (SigningSettings, "configuration"),
        (EntrySettings, "configuration"),
        (LogsSettings, "configuration"),
        (LogSettings, "configuration"),
        (GeographySettings, "configuration"),
        (AwsTarget, "credentials-aws"),
        (OciTarget, "credentials-oci"),
    ],
)
def test_every_setting_is_explained(model: type[BaseModel], page: str) -> None:
    """No setting of audit.yaml is left to be found by accident."""
    text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8")
    for name, field in model.model_fields.items():
        assert re.search(rf"\b{field.alias or name}\b", text), name


@pytest.mark.parametrize("language", ["csv", "json"])
def test_every_example_of_a_roster_is_read(language: str, tmp_path: Path) -> None:
    """Both forms of a roster load as they stand, and make the same person of Jane Roe."""
    (text,) = blocks(ROOT / "docs/configuration.md", language)
    path = tmp_path / f"roster.{language}"
    path.write_text(text, encoding="utf-8")
    first = read_roster(path)[0]
    assert (first.id, first.employer, first.country) == ("jroe", "Example Company", "US")
    assert first.covered_person is False
    assert first.vetted_until == "2027-03-31"
    assert "arn:aws:iam::*:user/jroe" in first.principals
    assert "jane@example.com" in first.principals


def test_every_column_of_a_roster_is_explained() -> None:
    """The table of the page has a line for each column, and the example has them all."""
    page = ROOT / "docs/configuration.md"
    rows = re.findall(r"^\| `(\w+)` \|", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (example,) = blocks(page, "csv")
    assert example.splitlines()[0].split(",") == [*REQUIRED, *OPTIONAL]
    assert {*REQUIRED, *OPTIONAL} <= set(rows)


@pytest.mark.parametrize("page", catalogue.WRITERS)
def test_the_page_on_each_cloud_is_current(page: str) -> None:
    """Made by: python -m tests.docs.catalogue."""
    kept = (ROOT / "docs" / page).read_text(encoding="utf-8")

    assert kept == catalogue.WRITERS[page]()
