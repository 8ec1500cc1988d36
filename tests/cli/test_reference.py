"""The documentation of the command line is the command line's own."""

import re
from pathlib import Path

from auditor.cli.reference import reference

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_is_current() -> None:
    """Run python -m auditor.cli.reference > docs/cli.md when an argument changes."""
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == reference()


def test_every_json_output_is_described() -> None:
    """Each command that takes --json has a heading in docs/json.md."""
    sections = re.split(r"\n#{3,4} auditor ", reference())[1:]
    with_json = {section.split("\n")[0] for section in sections if "`--json`" in section}
    text = (DOCS / "json.md").read_text(encoding="utf-8")
    headings = {name for line in re.findall(r"(?m)^## (.*)", text) for name in line.split(", ")}
    assert {f"auditor {name}" for name in with_json} == headings - {"auditor policy schema"}
