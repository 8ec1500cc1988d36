"""Says in plain words what a control tests, and how its verdict comes about."""

from collections.abc import Iterator

from auditor.model import Json
from auditor.policy.pack import Control, Pack, Quantifier
from auditor.results import Verdict
from auditor.tables.nouns import noun

_EMPTY = {
    Verdict.INDETERMINATE: "cannot be told",
    Verdict.NOT_APPLICABLE: "does not apply",
    Verdict.PASS: "is met",
    Verdict.FAIL: "is not met",
}


def explain(pack: Pack, control: Control) -> str:
    """Return a text of several lines, without a trailing line feed."""
    return "\n".join(_lines(pack, control))


def _lines(pack: Pack, control: Control) -> Iterator[str]:
    commitment = next(one for one in pack.commitments if one.id == control.commitment)
    yield f"{control.id}  {control.title}"
    also = f"; bears on {', '.join(control.also)} too" if control.also else ""
    yield f"    {control.severity}; commitment {commitment.id}: {commitment.title}{also}"
    yield ""
    every = control.quantifier is Quantifier.EVERY
    table = control.table
    yield f"Every {noun(1, table)}" if every else f"At least one of the {noun(2, table)}"
    if control.where:
        yield f"    for which {control.where.text}"
    for must in control.must:
        yield f"  - {must.says}"
        yield f"        {must.check.text}"
    yield ""
    yield from _names(pack, control)
    yield f"If there are none, the control {_EMPTY[control.empty]}."
    yield f"It cannot pass while one of these may lack rows: {', '.join(control.reads)}."
    if control.attested:
        yield "It rests on signed statements, so it ends in 'pass (attested)' at best."
    yield ""
    yield f"Why: {control.why}"
    yield f"Remedy: {control.remedy}"
    yield f"Cites: {'; '.join(control.cites)}"
    yield f"Read from {control.place}, with {len(control.cases)} cases"


def _names(pack: Pack, control: Control) -> Iterator[str]:
    texts = [written.text for written in control.expressions]
    for name, meaning in sorted(pack.terms.items()):
        if any(name in text for text in texts):
            yield f"{name} means {meaning}"
    used = {name for written in control.expressions for name in written.parameters}
    defaults: dict[str, Json] = {one.name: one.default for one in pack.parameters}
    for name in sorted(used):
        default = defaults.get(name)
        shown = ", ".join(default) if isinstance(default, list) else str(default).lower()
        known = f"{shown} unless the audit says otherwise"
        yield f"${name} is {known if name in defaults else 'given by the audit'}"
