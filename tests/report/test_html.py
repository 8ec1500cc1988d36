"""The page: one file, safe whatever it shows, every link leading somewhere."""
# ruff: noqa: RUF001  the marks and quotes are meant

import base64
import hashlib
import re

import pytest

from auditor.report import Report, render_html
from auditor.report.html import breakable
from tests.report.hostile import HOSTILE
from tests.report.reading import Page

FORBIDDEN = re.compile(
    r"\b(compliant|certified|secure|verified|no foreign access|audit opinion)\b", re.IGNORECASE
)
NAMES = ["mixed", "clean", "unreadable", "large"]


@pytest.fixture(scope="module")
def pages(reports: dict[str, Report]) -> dict[str, Page]:
    """Every sample's page, parsed."""
    return {name: Page(render_html(report)) for name, report in reports.items()}


def test_the_same_report_gives_the_same_bytes(reports: dict[str, Report]) -> None:
    """Replaying an audit gives the same page."""
    assert render_html(reports["mixed"]) == render_html(reports["mixed"])


def test_hostile_text_makes_no_element_and_no_attribute(pages: dict[str, Page]) -> None:
    """Whatever strangers wrote, the page has only elements that other reports have."""
    hostile = pages["hostile"]
    known = {tag for name in NAMES for tag in pages[name].tags}
    assert set(hostile.tags) <= known | {"details", "summary"}
    assert hostile.tags.count("script") == hostile.tags.count("style") == 1
    assert hostile.attributes <= {a for name in NAMES for a in pages[name].attributes}
    assert not any(name.startswith("on") for name in hostile.attributes)
    assert "style" not in hostile.attributes  # the policy would refuse it


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if text.isascii() and text.isprintable()]
)
def test_hostile_text_is_shown_as_it_was_written(pages: dict[str, Page], text: str) -> None:
    """Markup is text like any other, to be read and not obeyed."""
    assert text in pages["hostile"].text


def test_what_hides_is_shown(pages: dict[str, Page]) -> None:
    """Bidirectional, control and zero-width characters stand as code points."""
    text = pages["hostile"].text
    for shown in ("safe‹U+202E›gpj.exe", "zero‹U+200B›width", "nul‹U+0000›bell", "‹U+D800›"):
        assert shown in text
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff\x00-\x08]", text)


def test_a_long_name_is_whole(pages: dict[str, Page]) -> None:
    """Ten thousand characters, every one of them."""
    assert "x" * 40 + "/" + "y" * 9_959 in pages["hostile"].text


@pytest.mark.parametrize("name", [*NAMES, "hostile"])
def test_every_link_leads_to_one_place_in_the_page(pages: dict[str, Page], name: str) -> None:
    """Nothing is loaded, nothing leads out, no anchor is missing or double."""
    page = pages[name]
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)


def test_every_row_can_be_linked_to(reports: dict[str, Report], pages: dict[str, Page]) -> None:
    """Findings and rows have addresses of their own."""
    rows = [r for c in reports["large"].controls for f in c.findings for r in f.rows]
    assert {row.anchor for row in rows} <= set(pages["large"].ids)


def test_long_findings_are_folded_and_whole(pages: dict[str, Page]) -> None:
    """Their rows are counted in sight, and each is in the page; short names do not break."""
    page = pages["mixed"]
    assert page.tags.count("details") > 1
    assert "All 40 rows" in page.text
    assert "arn:aws:s3:::feeds-039/replication/to-frankfurt" in page.text


def test_short_names_are_held_together() -> None:
    """A browser may not break 'us-east-1' after a dash; long names break, and none is changed."""
    held = '<span class="whole">us-east-1,</span>'
    assert breakable("in us-east-1, today") == f"in {held} today"
    assert "<span" not in breakable("arn:aws:s3:::a-very-long-name-of-a-bucket")


def test_the_policy_allows_our_two_blocks_and_nothing_else(pages: dict[str, Page]) -> None:
    """The hashes are of the very style and script in the page."""
    page = pages["mixed"]
    policy = page.sources["policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for block in ("style", "script"):
        digest = hashlib.sha256(page.sources[block].encode()).digest()
        assert f"{block}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy


@pytest.mark.parametrize("name", NAMES)
def test_words_are_honest(pages: dict[str, Page], name: str) -> None:
    """The report never says more than was tested."""
    assert FORBIDDEN.findall(pages[name].text) == []


def test_doubts_about_the_answers_stand_on_top(pages: dict[str, Page]) -> None:
    """A simulator's or a proxy's answers are said to be so before anything else."""
    text = pages["mixed"].text
    notice = text.index("did not come from the providers’ own endpoints")
    assert notice < text.index("What stands out")
    assert "AWS_ENDPOINT_URL sends calls to http://127.0.0.1:5000" in text
    assert "providers’ own endpoints" not in pages["clean"].text


def test_a_key_that_identifies_nobody_is_said_first_and_last(pages: dict[str, Page]) -> None:
    """The top and the foot of the page say it; a report with a real key does not."""
    text = pages["mixed"].text
    assert text.count("which identifies nobody") == 2
    assert text.rstrip().endswith("which identifies nobody.")
    assert "identifies nobody" not in pages["clean"].text
