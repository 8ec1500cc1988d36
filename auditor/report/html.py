"""Renders a report as one self-contained HTML file that loads nothing and needs no script."""

import base64
import hashlib
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from auditor.model import Json
from auditor.report.model import Report
from auditor.report.text import pieces, visible
from auditor.resources import data_folder

_LONG = 300  # characters from which a name is folded; its whole text stays in the page
_SHOWN = 120  # characters of it that stand outside the fold
_DASHED = re.compile(r"(\S+-\S+)")


def render_html(report: Report) -> bytes:
    """Return the report as UTF-8 HTML; the same report gives the same bytes.

    All text goes through autoescape, and what would not be seen is spelt out first.
    """
    folder = data_folder("reports/templates")
    style, script = _source(folder / "report.css"), _source(folder / "report.js")
    page = _environment(folder).get_template("report.html.j2")
    text = page.render(
        report=report,
        style=Markup(style),  # noqa: S704  our own files, never data
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script),
        drawing=Markup(report.map.svg),  # noqa: S704  built from our own numbers and city names
    )
    return text.encode("utf-8")


def _environment(folder: Path) -> Environment:
    # select_autoescape() would leave *.html.j2 unescaped.
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters["breakable"] = breakable
    environment.filters["folded"] = folded
    return environment


def _finalize(found: Json) -> Json:
    return visible(found) if isinstance(found, str) and not isinstance(found, Markup) else found


def breakable(text: str) -> Markup:
    """Return escaped text that may break after ``: / . - _`` without a character added.

    Short words stay whole: a browser would break 'us-east-1' after its first dash.
    """
    return Markup("<wbr>").join(_held_together(visible(piece)) for piece in pieces(text))


def _held_together(text: str) -> Markup:
    if "-" not in text:
        return escape(text)
    parts = _DASHED.split(text)
    return Markup("").join(
        Markup('<span class="whole">{}</span>').format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def folded(text: str) -> Markup:
    """Return a name in full; a very long one is folded behind its beginning and its length."""
    if len(text) <= _LONG:
        return breakable(text)
    summary = escape(f"{visible(text[:_SHOWN])}… ({len(text):,} characters)")
    body = breakable(text)
    return Markup("<details><summary>{}</summary><span>{}</span></details>").format(summary, body)


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return a content security policy that allows our two blocks and nothing else.

    Source: W3C Content Security Policy Level 3, section 8.3 (hashes of inline blocks).
    """
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
