"""The paper: standards, attachment, the same bytes every time, hostile text made harmless."""
# ruff: noqa: RUF001  the marks and quotes are meant

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import typst
from pyhanko.pdf_utils.reader import PdfFileReader

from auditor.errors import ReportError
from auditor.report import Report, pdf, render_pdf
from auditor.report.text import font_characters
from auditor.resources import data_folder
from tests.report.hostile import HOSTILE
from tests.report.test_html import FORBIDDEN

PATIENCE = 120.0  # seconds


@pytest.fixture(scope="module")
def papers(reports: dict[str, Report]) -> dict[str, bytes]:
    """Samples as PDF; the large one is left to the benchmark."""
    return {n: render_pdf(reports[n], PATIENCE) for n in ("mixed", "unreadable", "hostile")}


def read(paper: bytes) -> str:
    """Return a PDF's text without the line breaks of its layout."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run([program, "-raw", "-", "-"], input=paper, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def joined(text: str) -> str:
    """Return text without white space, since layout breaks lines where it must."""
    return re.sub(r"\s+", "", text)


def joined_words(text: str) -> str:
    """Return text with each white space as one blank."""
    return re.sub(r"\s+", " ", text)


def test_the_same_report_gives_the_same_bytes(
    reports: dict[str, Report], papers: dict[str, bytes]
) -> None:
    """Replaying an audit gives the same PDF."""
    assert render_pdf(reports["mixed"], PATIENCE) == papers["mixed"]


def test_it_claims_both_standards(papers: dict[str, bytes]) -> None:
    """PDF/A-3a and PDF/UA-1 in one file, tagged, with language and title."""
    reader = PdfFileReader(BytesIO(papers["mixed"]))
    metadata = reader.root["/Metadata"].data.decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "2026-11-21T14:02:00Z" in metadata
    assert reader.root["/MarkInfo"]["/Marked"]
    assert reader.root["/Outlines"]["/Count"] != 0


def test_results_are_attached(reports: dict[str, Report], papers: dict[str, bytes]) -> None:
    """The attachment is results.json, byte by byte."""
    reader = PdfFileReader(BytesIO(papers["mixed"]))
    attached = reader.root["/AF"][0]
    assert attached["/UF"] == "results.json"
    assert attached["/EF"]["/F"].data == reports["mixed"].attachment


def test_paper_can_be_letter(reports: dict[str, Report]) -> None:
    """American paper: 612 by 792 points."""
    paper = render_pdf(reports["clean"], PATIENCE, paper="us-letter")
    box = PdfFileReader(BytesIO(paper)).root["/Pages"]["/Kids"][0]["/MediaBox"]
    assert [float(side) for side in box] == [0, 0, 612, 792]


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if text.isascii() and text.isprintable()]
)
def test_hostile_text_is_printed_as_it_was_written(papers: dict[str, bytes], text: str) -> None:
    """Typst code and markup are text like any other."""
    assert joined(text) in joined(read(papers["hostile"]))


def test_what_cannot_be_shown_is_spelt_out(papers: dict[str, bytes]) -> None:
    """Bidirectional characters, emoji and scripts that the fonts lack stand as code points."""
    text = joined(read(papers["hostile"]))
    for shown in ("safe‹U+202E›gpj.exe", "‹U+1F1FA›", "‹U+4E2D›", "10,000charactersinfull"):
        assert shown in text


def test_words_are_honest(papers: dict[str, bytes]) -> None:
    """The report never says more than was tested."""
    for name in ("mixed", "unreadable"):
        assert FORBIDDEN.findall(read(papers[name])) == []


def test_every_page_says_that_the_key_identifies_nobody(papers: dict[str, bytes]) -> None:
    """In the head of each page, and on no page of a report with a real key."""
    pages = read(papers["mixed"]).split("\f")[:-1]
    assert len(pages) > 5
    assert all("made for this run only, which identifies nobody" in page for page in pages)
    assert "identifies nobody" not in read(papers["unreadable"])


def test_pages_are_numbered_and_carry_the_digest(
    reports: dict[str, Report], papers: dict[str, bytes]
) -> None:
    """Page x of y, report id and short digest at the foot of each page."""
    pages = read(papers["mixed"]).split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert reports["mixed"].short_digest in page


def test_page_one_is_one_page(papers: dict[str, bytes]) -> None:
    """Whatever there is to say: the map gives way, the words do not."""
    first, second, *_ = read(papers["mixed"]).split("\f")
    assert "a line is a way for data to move" in joined_words(first)
    assert "Contents" in second


def test_a_typesetter_that_hangs_is_given_up(reports: dict[str, Report]) -> None:
    """Time is limited, and the error says so."""
    with pytest.raises(ReportError, match="not set within"):
        render_pdf(reports["mixed"], 0.01)


def test_a_failure_names_its_cause(
    reports: dict[str, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Typst said reaches the reader, and no half a file is left."""
    monkeypatch.setattr(pdf, "_safe", lambda thing, key="": {**thing, "title": "\U0001f600"})
    with pytest.raises(ReportError, match="could not set the PDF"):
        render_pdf(replace(reports["clean"]), PATIENCE)


def test_a_date_that_is_none_is_an_error(reports: dict[str, Report]) -> None:
    """The fixed timestamp comes from the audit and nowhere else."""
    with pytest.raises(ReportError, match="no ISO 8601 moment"):
        render_pdf(replace(reports["clean"], as_of="yesterday"), PATIENCE)


@pytest.mark.parametrize("family", ["IBM Plex Sans", "IBM Plex Mono"])
def test_the_fonts_have_what_coverage_says(family: str, tmp_path: Path) -> None:
    """Typst refuses a character that a font lacks; it refuses none of these."""
    text = "".join(sorted(char for char in font_characters() if char.isprintable()))
    (tmp_path / "all.json").write_text(
        f'"{"".join(f"{c} " for c in text if c not in chr(34) + chr(92))}"'
    )
    source = (
        f'#set document(title: "x")\n#set text(font: "{family}", fallback: false, lang: "en")\n'
        '#json("all.json")\n\n#strong(json("all.json"))'
    )
    (tmp_path / "all.typ").write_text(source)
    made = typst.compile(
        str(tmp_path / "all.typ"),
        root=str(tmp_path),
        font_paths=[str(data_folder("reports/fonts"))],
        ignore_system_fonts=True,
        pdf_standards=["a-3a", "ua-1"],
    )
    assert made.startswith(b"%PDF")


def test_the_typesetter_imports_nothing_of_ours() -> None:
    """It starts fast and cannot reach what it is not given."""
    source = (Path(pdf.__file__).with_name("typesetter.py")).read_text()
    assert "auditor" not in source.replace("auditor-report-", "")
