"""The index of clauses: each one that a control cites or a reviewer looks for, with its answers."""

import re
from collections.abc import Iterator

from auditor.report.anchors import control_anchor
from auditor.report.model import Cell, Column, Grid, Section, Text
from auditor.report.words import counted, listed, number
from auditor.resources import data_folder
from auditor.results import Results, Verdict

_SOURCES = ("28 CFR", "CISA", "NIST SP 800-53", "seed")  # in the order in which they are listed
_CITED = re.compile(r"(28 CFR|CISA|NIST SP 800-53|seed)s? (.+)", re.DOTALL)
_UNVERIFIED = re.compile(r" \(paragraph numbers? unverified\)$")
_REMARK = re.compile(r" \(([^()]+)\)$")
_WORDS = {
    Verdict.PASS: "met",
    Verdict.FAIL: "not met",
    Verdict.INDETERMINATE: "cannot tell",
    Verdict.PASS_ATTESTED: "attested",
}


def clause_section(results: Results) -> Section:
    """Return each clause with the controls that cite it; blanks are shown as blanks."""
    expected = _expected_clauses()
    controls: dict[str, list[str]] = {clause: [] for clause in expected}
    remarks: dict[str, set[str]] = {}
    for control in results.controls:
        for clause, remark in (part for cited in control.cites for part in clauses_of(cited)):
            for touched in {clause, *(one for one in expected if _within(clause, one))}:
                controls.setdefault(touched, []).append(control.id)
            remarks.setdefault(clause, set()).update({remark} - {""})
    answers = {control.id: control.verdict for control in results.controls}
    body = []
    for clause in sorted(controls, key=_place):
        named = list(dict.fromkeys(controls[clause]))
        said = listed([f"{name} ({_WORDS.get(answers[name], answers[name])})" for name in named])
        anchor = control_anchor(named[0]) if len(named) == 1 else ""
        remark = "".join(f" ({each})" for each in sorted(remarks.get(clause, ())))
        body.append((Cell(text=clause + remark), Cell(text=said or "not addressed", anchor=anchor)))
    blank = sum(not named for named in controls.values())
    return Section(
        anchor="clauses",
        title="Clause index",
        paragraphs=(
            Text(
                text=f"{counted(len(body), 'clause')}, {number(blank)} of them not addressed by "
                "the packs of this audit. A clause that a control cites is touched, not settled."
            ),
        ),
        grids=(
            Grid(
                columns=(
                    Column(title="Clause", share=3),
                    Column(title="Controls and their answers", share=7),
                ),
                rows=tuple(body),
            ),
        ),
    )


def clauses_of(cited: str) -> Iterator[tuple[str, str]]:
    """Yield the clauses of a citation, such as 'CISA I.A, I.B', and what it remarks on each."""
    whole = _UNVERIFIED.sub("", cited)
    shared = "paragraph number unverified" if whole != cited else ""
    found = _CITED.fullmatch(whole)
    if found is None:
        yield cited, ""
        return
    for part in found[2].split(", "):
        remark = _REMARK.search(part)
        yield f"{found[1]} {_REMARK.sub('', part)}", remark[1] if remark else shared


def _place(clause: str) -> tuple[int, list[tuple[bool, int, str]]]:
    """Return a key that puts clauses in the order of their sources and numbers."""
    source = next((at for at, name in enumerate(_SOURCES) if clause.startswith(name)), 9)
    parts = re.findall(r"[0-9]+|[^0-9]+", clause)
    return source, [(p.isdecimal(), int(p) if p.isdecimal() else 0, p) for p in parts]


def _within(cited: str, clause: str) -> bool:
    """Whether a citation is of a part of that clause, and not of one that only begins so."""
    rest = cited.removeprefix(clause)
    return rest != cited and bool(rest) and not rest[0].isalnum()


def _expected_clauses() -> tuple[str, ...]:
    path = data_folder("reports/templates") / "clauses.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
