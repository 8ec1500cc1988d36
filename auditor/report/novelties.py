"""What answers hold that this version does not know: kept as evidence, and read by nobody."""

from collections.abc import Callable
from dataclasses import dataclass

from auditor.model import Json
from auditor.report.model import Text
from auditor.report.words import counted, listed, number

_MOST_NAMED = 3

Ask = Callable[..., list[tuple[Json, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How much of answers is not known.

    Attributes:
        members, values: how many different ones are listed.
        cut: operations of which there were too many to list.
        first: (operation, path, value) of the most frequent; the value of a member is ''.
    """

    members: int
    values: int
    cut: int
    first: tuple[tuple[str, str, str], ...]


def take_news(ask: Ask) -> News:
    """Count what is not known.

    Args:
        ask: answers a query over the fact tables.
    """
    ((members, values, cut),) = ask(_COUNTS)
    first = tuple((operation, path, value) for operation, path, value in ask(_FIRST, _MOST_NAMED))
    return News(members=members, values=values, cut=cut, first=first)


def news_text(news: News) -> tuple[Text, ...]:
    """Return the paragraph that says so; none where all is known."""
    total = news.members + news.values
    if not total:
        return ()
    named = [_named(*each) for each in news.first]
    more = total - len(named)
    said = "; ".join([*named, f"{number(more)} more"] if more else named)
    cut = ""
    if news.cut:
        cut = f" {counted(news.cut, 'operation has', 'operations have')} more than are listed."
    return (
        Text(
            text=f"Answers of Oracle Cloud hold {_counts(news)} that this version does not know, "
            "and that no collector reads. They are kept as evidence, and the novelties table names "
            f"them: {said}.{cut}"
        ),
    )


def _counts(news: News) -> str:
    return listed(
        counted(count, noun)
        for count, noun in ((news.members, "member"), (news.values, "value"))
        if count
    )


def _named(operation: str, path: str, value: str) -> str:
    return f"{path} in {operation}" if not value else f"{path} = {value} in {operation}"


_COUNTS = """
SELECT count(*) FILTER (what = 'member'), count(*) FILTER (what = 'value'),
    count(*) FILTER (what = 'more')
FROM novelties
"""

_FIRST = """
SELECT operation, path, value FROM novelties WHERE what <> 'more'
ORDER BY times DESC, id LIMIT ?
"""
