"""The pages of the documentation, and what stands in their blocks of code."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = tuple(
    sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "reports").rglob("*.md")])
)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
_SPOKEN = re.compile(r"`(auditor [a-z][^`]*)`")
_END = re.compile(r"\s(?:[|>]|&&|#)\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command line as a page shows it, without the shell's part."""

    page: str
    text: str

    @property
    def words(self) -> list[str]:
        """Its words, without 'auditor'."""
        return shlex.split(_END.split(self.text)[0])[1:]

    def __str__(self) -> str:
        return f"{self.page}: {self.text}"


def blocks(path: Path, language: str) -> list[str]:
    """The blocks of one language on a page."""
    text = path.read_text(encoding="utf-8")
    return [found[2] for found in _BLOCK.finditer(text) if found[1] == language]


def shown() -> Iterator[Command]:
    """Every command that a page tells its reader to type."""
    for path in PAGES:
        for block in (*blocks(path, "console"), *blocks(path, "sh")):
            text = block.replace("\\\n", " ")
            lines = re.findall(r"^(?:\$ )?(auditor .*)$", text, flags=re.MULTILINE)
            yield from (Command(page=str(path.relative_to(ROOT)), text=line) for line in lines)


def spoken() -> Iterator[Command]:
    """Every command that a page names in a sentence."""
    for path in PAGES:
        text = " ".join(path.read_text(encoding="utf-8").split())
        for found in _SPOKEN.finditer(text):
            yield Command(page=str(path.relative_to(ROOT)), text=found[1])
