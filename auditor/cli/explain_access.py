"""Says in words why one principal can, or cannot, reach one store."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from auditor.config.audit_file import read_audit
from auditor.documents import suggest
from auditor.errors import AuditorError, BundleError
from auditor.facts.explaining import EXPLAINED_FROM, explain_access
from auditor.facts.explanation import Answer, Explanation, Link, Manner, Told, Weighed
from auditor.model import Json
from auditor.policy.database import load_reasons, load_table, lock, open_database
from auditor.policy.vocabulary import column_types

_MOST_NAMES = 10  # candidates that an error lists
_MOST_VALUES = 4  # of one element of a statement
_MOST_SAID = 3  # reasons in one line
_ACCOUNT = re.compile(r"\d{12}")
_PRINCIPALS = "SELECT id, list_append(coalesce(known_as, []), name) FROM principals"
_STORES = "SELECT id, [name] FROM stores"
_ELEMENTS = (
    *("Statement", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"),
    *("Resource", "NotResource", "Condition"),
)
_APPLIES = {
    "yes": "applies",
    "no": "does not apply",
    "conditional": "applies as the request decides",
    "unknown": "may apply: cannot be told",
}


def explained(bundle: Path, principal: str, store: str) -> Explanation:
    """Explain what a principal has to a store; both by id, or by a name that is theirs alone.

    Raises:
        AuditorError: nobody or nothing has that name, or several have.
        BundleError: the bundle's facts cannot be reasoned about.
    """
    audit = read_audit(bundle / "audit.json")
    with open_database() as database:
        for table in EXPLAINED_FROM:
            load_table(database, bundle / "facts", table, tuple(column_types(table)))
        load_reasons(database, bundle / "facts", {"policy_documents": ["document"]})
        lock(database)
        try:
            who = _principal(database, principal)
            what = _named(database.execute(_STORES).fetchall(), "store", store)
            return explain_access(database, who, what, audit.as_of)
        except duckdb.Error as error:
            raise BundleError(f"the facts of {bundle} do not fit together: {error}") from error


def _principal(database: duckdb.DuckDBPyConnection, name: str) -> str:
    if name == "anybody" or name.startswith("service:") or _ACCOUNT.fullmatch(name):
        return name  # needs no row
    return _named(database.execute(_PRINCIPALS).fetchall(), "principal", name)


def _named(rows: list[tuple[Any, ...]], noun: str, name: str) -> str:
    """Return the id of the only row that has this id or, in any case of letters, this name."""
    folded = name.casefold()
    found = {id_ for id_, _ in rows if id_ == name} or {
        id_ for id_, names in rows if folded in (each.casefold() for each in names if each)
    }
    if len(found) == 1:
        return str(found.pop())
    if found:
        problem = AuditorError(f"'{name}' is the name of {len(found):,} {noun}s")
        problem.advice = f"name one by its id: {_listed(sorted(found), _MOST_NAMES)}"
        raise problem
    known = (each for id_, names in rows for each in (id_, *names) if each)
    problem = AuditorError(f"the facts have no {noun} '{name}'")
    problem.advice = suggest(name, known) or f"'auditor query' shows the table '{noun}s'"
    raise problem


def about_access(explanation: Explanation, *, everything: bool) -> Iterator[str]:
    """Yield the lines that people read.

    Args:
        everything: also statements that do not apply, and ways that decide nothing.
    """
    yield f"{explanation.principal}"
    yield f"  to {explanation.store}"
    yield ""
    for answer in explanation.answers:
        yield f"{answer.access:<12}{_answer(answer)}"
    yield from (f"Note: {note}." for note in explanation.notes)
    bare = [each.access for each in explanation.answers if not everything and _is_bare(each)]
    told: dict[Any, str] = {}
    for answer in explanation.answers:
        manners = () if answer.access in bare else answer.manners
        for manner in manners if everything else manners[:1]:
            yield ""
            same = told.setdefault(_alike(manner), answer.access)
            if same != answer.access and not everything:
                yield f"{answer.access}: {_told(manner.told)}; the same statements as for {same}"
                yield f"  {_asks(manner.links[-1])}"
                continue
            yield f"{answer.access}: {_told(manner.told)}"
            for number, link in enumerate(manner.links, 1):
                yield from _link(link, number if len(manner.links) > 1 else 0, everything)
    if bare:
        yield ""
        yield f"No statement that applies gives {_listed(bare)}; --all shows what was weighed."


def _alike(manner: Manner) -> Any:
    """Return what two ways have in common that rest on the same statements."""
    return manner.told, tuple(
        (
            link.by,
            tuple((each.stage, each.policy, each.number) for each in link.weighed if _counts(each)),
        )
        for link in manner.links
    )


def _is_bare(answer: Answer) -> bool:
    """Whether it is refused because nothing gives it, not because something takes it away."""
    links = [link for manner in answer.manners for link in manner.links]
    return answer.told.verdict == "no" and not any(map(_refuses, links))


def _answer(answer: Answer) -> str:
    first = answer.manners[0] if answer.manners else None
    said = _condition(answer) or _told(answer.told)
    if first is None or len(first.links) == 1 or answer.told.verdict == "no":
        return said
    return f"{said}, on a path: {'; '.join(link.says for link in first.links[:-1])}"


def _told(told: Told) -> str:
    keys = ", ".join(told.depends_on)
    if told.verdict == "conditional":
        return f"only as the request decides, by {keys}" if keys else "only as the request decides"
    if told.verdict == "unknown":
        return f"cannot be told, because {_listed(told.reasons, _MOST_SAID, '; ')}"
    return told.verdict


def _condition(answer: Answer) -> str:
    """Return the condition as it was written, where one statement alone makes it conditional."""
    if answer.told.verdict != "conditional":
        return ""
    first = answer.manners[0]
    if any(each.told.verdict == "conditional" for each in answer.manners[1:]):
        return ""
    deciding = [
        each
        for link in first.links
        for each in link.weighed
        if each.applies.verdict == "conditional" and each.written.get("Condition")
    ]
    if len(deciding) != 1 or not deciding[0].effect:
        return ""
    word = "only if" if deciding[0].effect == "allow" else "yes, unless"
    return f"{word} {_shown(deciding[0].written['Condition'])}"


def _link(link: Link, number: int, everything: bool) -> Iterator[str]:
    step = f"Step {number}. " if number else ""
    yield f"  {step}{_asks(link)}: {_told(link.told)}"
    shown = [each for each in link.weighed if everything or _counts(each)]
    for place, each in enumerate(shown, 1):
        yield from _statement(each, place)
    if link.told.verdict == "no" and not _refuses(link):
        yield "    nothing gives it: no statement that allows it applies"
    if hidden := len(link.weighed) - len(shown):
        noun = (
            "statements that do not apply are" if hidden > 1 else "statement that does not apply is"
        )
        yield f"    ({hidden:,} {noun} left out; --all shows all)"


def _asks(link: Link) -> str:
    same = f" (and {len(link.alike)} alike: {_listed(link.alike)})" if link.alike else ""
    return f"{link.by} {link.says}{same}"


def _counts(each: Weighed) -> bool:
    return each.applies.verdict != "no"


def _refuses(link: Link) -> bool:
    """Whether a denial, or a rule of the provider's, is why a link is not allowed."""
    return any(
        each.applies.verdict == "yes"
        and (each.effect == "deny" or not (each.policy or each.effect))
        for each in link.weighed
    )


def _statement(each: Weighed, place: int) -> Iterator[str]:
    effect = f"{each.effect}, " if each.effect else ""
    yield f"    {place}. {each.stage}: {effect}{_APPLIES[each.applies.verdict]}"
    if each.written:
        known = [name for name in _ELEMENTS if name in each.written]
        said = (_element(name, each.written[name]) for name in known)
        yield f"       says: {'; '.join(said)}"
    yield f"       why: {each.why}"
    if each.policy:
        number = f", statement {each.number}" if each.number else ""
        sid = f" ({each.written['Sid']})" if each.written.get("Sid") else ""
        records = _listed(f"E-{index:06d}" for index in each.evidence)
        yield f"       place: {each.policy}{number}{sid}, {records or 'no evidence record'}"


def _element(name: str, value: Json) -> str:
    return str(value) if name == "Statement" else f"{name} {_shown(value)}"


def _shown(value: Json) -> str:
    """Show an element of a statement in one line: its first values, and how many more."""
    if isinstance(value, Mapping):
        return " and ".join(f"{key} {_shown(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return _listed([_shown(each) for each in value])
    return str(value)


def _listed(values: Iterable[str], most: int = _MOST_VALUES, between: str = ", ") -> str:
    values = list(values)
    more = f" and {len(values) - most:,} more" if len(values) > most else ""
    return between.join(values[:most]) + more
