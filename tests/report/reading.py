"""Reads a page as a browser would: its elements and the text that a reader sees."""

from html.parser import HTMLParser

from auditor.report.model import Grid

_UNSEEN = frozenset({"style", "script"})


class Page(HTMLParser):
    """Elements, ids, links and text of one page."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: dict[str, str] = {}
        self._text: list[str] = []
        self._inside = ""
        self.feed(page.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element and what it leads to."""
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        found = dict(attrs)
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found[name]) for name in ("href", "src") if name in found]
        if tag == "meta" and found.get("http-equiv"):
            self.sources["policy"] = str(found.get("content"))
        self._inside = tag if tag in _UNSEEN else ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a style or a script."""
        if tag in _UNSEEN:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep what is seen, and the source of styles and scripts."""
        if self._inside:
            self.sources[self._inside] = self.sources.get(self._inside, "") + data
        else:
            self._text.append(data)

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(self._text)


def lines(grid: Grid) -> list[str]:
    """Return the rows of a table as text, cells parted by bars."""
    return [" | ".join(cell.text for cell in row) for row in grid.rows]
