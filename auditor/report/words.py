"""How verdicts, numbers, places and values are said."""

from collections.abc import Iterable, Mapping
from functools import cache

from auditor.model import Json
from auditor.report.model import Mark
from auditor.resources import data_folder
from auditor.results import Verdict
from auditor.tables.nouns import noun

MARKS: Mapping[Verdict, Mark] = {
    Verdict.FAIL: Mark(word="NOT MET", tone="unmet"),
    Verdict.INDETERMINATE: Mark(word="CANNOT TELL", tone="unknown"),
    Verdict.WAIVED: Mark(word="WAIVED", tone="waived"),
    Verdict.PASS_ATTESTED: Mark(word="ATTESTED", tone="attested"),
    Verdict.PASS: Mark(word="MET", tone="met"),
    Verdict.NOT_APPLICABLE: Mark(word="NOT APPLICABLE", tone="none"),
}

_LONGEST_VALUE = 400  # characters of a list or map that are said in a sentence


def number(value: int) -> str:
    """Return a whole number with thousands separators."""
    return f"{value:,}"


def rows(count: int, table: str) -> str:
    """Return a count of a table's rows: '1 store', '1,204 stores', '2 paths'."""
    return f"{number(count)} {noun(count, table)}"


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return '1 thing' or '1,204 things'."""
    return f"{number(count)} {singular if count == 1 else plural or singular + 's'}"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """Return 'a', 'a and b' or 'a, b and c'."""
    words = list(parts)
    *first, final = words or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def tallied(counts: Mapping[str, int], most: int, other: str) -> str:
    """Return 'a (5), b (2) and 3 others (4)'; one thing alone needs no count.

    Args:
        most: how many things are named, those with the highest counts.
        other: what the others are called: one of them.
    """
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(ordered) == 1:
        return ordered[0][0]
    said = [f"{name} ({number(count)})" for name, count in ordered[:most]]
    if rest := ordered[most:]:
        said.append(f"{counted(len(rest), other)} ({number(sum(count for _, count in rest))})")
    return listed(said)


def sentence(text: str) -> str:
    """Return the text with a capital at its beginning and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    named = any(sign in text.partition(" ")[0] for sign in "._:/$")  # a column keeps its spelling
    start = text if named else text[0].upper() + text[1:]
    return start + ("" if text[-1] in ".?!" else ".")


def evidence_name(index: int) -> str:
    """Return how the record at that position of the evidence is called: 'E-000123'."""
    return f"E-{index:06d}"


def evidence_names(indexes: tuple[int, ...], most: int = 4) -> str:
    """Return the names of evidence records, and how many more there are."""
    names = ", ".join(evidence_name(index) for index in indexes[:most])
    more = len(indexes) - most
    return f"{names} and {number(more)} more" if more > 0 else names


@cache
def _countries() -> Mapping[str, str]:
    lines = (data_folder("reports/map") / "countries.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines[1:])


def country(code: str | None) -> str:
    """Return the English name of an ISO 3166-1 alpha-2 code; other text comes back as it is.

    '*' stands for what is kept or runs at every edge of a provider.
    """
    if code == "*":
        return "many countries (*)"
    if not code:
        return "an unknown country"
    return _countries().get(code, code)


def in_prose(name: str) -> str:
    """Return a country's name as it stands within a sentence: 'the United States'."""
    article = name.startswith(("United ", "Netherlands", "Philippines", "Bahamas", "Dem", "Rep"))
    return f"the {name}" if article else name


def value(column: str, seen: Json) -> str:
    """Return a value that a check saw, for a reader; None is 'unknown'."""
    if seen is None:
        return "unknown"
    if isinstance(seen, bool):
        return "yes" if seen else "no"
    if isinstance(seen, int):
        return number(seen)
    if isinstance(seen, list | tuple):
        said = ", ".join(value(column, part) for part in seen) if seen else "none"
    elif isinstance(seen, Mapping):
        said = ", ".join(f"{key}={part}" for key, part in sorted(seen.items())) or "none"
    elif _is_country(column):
        said = country(str(seen))
    elif seen == "*" and _is_account(column):
        said = "anybody (*)"
    else:
        said = str(seen) or "none"
    return said if len(said) <= _LONGEST_VALUE or isinstance(seen, str) else _shortened(said)


def _is_country(column: str) -> bool:
    return column.rpartition(".")[2].endswith(("country", "countries"))


def _is_account(column: str) -> bool:
    return column.rpartition(".")[2].endswith(("account", "accounts"))


def _shortened(said: str) -> str:
    return (
        f"{said[:_LONGEST_VALUE]}… ({number(len(said))} characters; all of it is in results.json)"
    )
