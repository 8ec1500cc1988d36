"""What runs, followed back to the approval of its code, as the report shows it."""

from collections import Counter
from collections.abc import Sequence

from auditor.report.code_facts import Followed, Unseen
from auditor.report.model import Cell, Column, Grid
from auditor.report.words import counted, listed, number

_MOST_ROWS = 40
_MOST_NAMES = 6
_SHOWN = 12  # hexadecimal digits of a digest or a commit: enough to find it by
_LINKS = ("digest", "artefact", "provenance", "source", "approval")


def chained(chains: Sequence[Followed]) -> str:
    """Return how many chains are whole, and at which links the others end."""
    if not chains:
        return "Nothing that runs was followed back to its code: none was found."
    whole = sum(each.broken == "" for each in chains)
    ends = Counter(each.broken for each in chains)
    parts = [f"at the {link} in {number(ends[link])}" for link in _LINKS if ends[link]]
    if ends[None]:
        parts.append(f"at a link not known in {number(ends[None])}")
    things = counted(len(chains), "thing that runs or is served", "things that run or are served")
    verb = "leads" if whole == 1 else "lead"
    said = f"Of {things}, {number(whole)} {verb} back through artefact, provenance and commit to "
    said += "approved changes."
    breaks = f" The chain ends, or cannot be followed further, {listed(parts)}." if parts else ""
    return said + breaks


def broken_grid(chains: Sequence[Followed]) -> Grid:
    """Return the chains of known digest that are not whole, one by one; whole ones are counted."""
    open_ = [each for each in chains if each.broken != "" and each.digest is not None]
    shown = open_[:_MOST_ROWS]
    left = len(open_) - len(shown)
    whole = sum(each.broken == "" for each in chains)
    more = f"{number(left)} more are in it. " if left else ""
    return Grid(
        caption="What runs and is not known to be what was approved: the first broken link",
        columns=(
            Column(title="What runs", kind="code", share=6),
            Column(title="Built by", kind="code", share=3),
            Column(title="From", kind="code", share=3),
            Column(title="Approved by", share=2),
            Column(title="Broken link", share=0),
            Column(title="Why", share=4),
        ),
        rows=tuple(_chain_row(each) for each in shown),
        note=f"Digests and commits are cut; the chains table has them whole. {more}Links, in "
        "order: digest, artefact, provenance, source, approval. "
        f"{counted(whole, 'whole chain is', 'whole chains are')} not listed.",
    )


def _chain_row(each: Followed) -> tuple[Cell, ...]:
    commit = f"@{_short(each.commit)}" if each.commit else ""
    digest = _short(each.digest or "") or "without digest"
    return (
        Cell(text=f"{each.kind} {each.name} {each.account} {digest}"),
        Cell(text=_built(each)),
        Cell(text=_said(each.repository, "no repository") + commit),
        Cell(text="unknown" if each.approvers is None else listed(each.approvers) or "nobody"),
        Cell(text="unknown" if each.broken is None else each.broken),
        Cell(text="unknown" if each.why is None else each.why),
    )


def _built(each: Followed) -> str:
    builder = _said(each.builder, "nobody says")
    return builder if each.vouched or not each.builder else f"{builder}, as nobody trusted vouches"


def _said(name: str | None, none: str) -> str:
    return "unknown" if name is None else name or none


def _short(name: str) -> str:
    """Return a digest or commit with the first of its digits; an id of an image as it is."""
    scheme, mark, digits = name.rpartition(":")
    if len(digits) <= _SHOWN or any(each not in "0123456789abcdef" for each in digits):
        return name
    return f"{scheme}{mark}{digits[:_SHOWN]}…"


def unseen_grid(unseen: Sequence[Unseen]) -> Grid:
    """Return what runs of which nobody knows what it is, by the reason."""
    shown = unseen[:_MOST_ROWS]
    left = sum(len(each.names) for each in unseen[_MOST_ROWS:])
    return Grid(
        caption="What runs without anybody knowing what it is, by the reason",
        columns=(
            Column(title="Kind", share=0),
            Column(title="Account", kind="code", share=2),
            Column(title="Number", kind="number", share=0),
            Column(title="The first of them", kind="code", share=4),
            Column(title="Why its digest is not known", share=4),
        ),
        rows=tuple(
            (
                Cell(text=each.kind),
                Cell(text=each.account),
                Cell(text=number(len(each.names))),
                Cell(text=", ".join(each.names[:_MOST_NAMES])),
                Cell(text=each.reason),
            )
            for each in shown
        ),
        note=f"{counted(left, 'more thing')}: deployments table. " * (left > 0),
    )
