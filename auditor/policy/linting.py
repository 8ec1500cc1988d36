"""What is wrong with a pack beyond what keeps it from being read."""

import re
from collections.abc import Iterator
from pathlib import Path

from auditor.errors import ConfigError, Fault
from auditor.policy.cases import CaseResult, run_cases
from auditor.policy.pack import Control, Pack
from auditor.policy.reader import load_pack
from auditor.results import Verdict

_NEEDED = (Verdict.PASS, Verdict.FAIL, Verdict.INDETERMINATE)
_TOO_SURE = re.compile(
    r"\b(compliant|compliance|certified|secure|secured|verified|guaranteed?|proves?|proven)\b",
    re.IGNORECASE,
)


def lint(folder: Path) -> list[Fault]:
    """Return everything wrong with a pack, sorted; an empty list if nothing is."""
    try:
        pack = load_pack(folder)
    except ConfigError as error:
        return list(error.faults)
    faults = [*_unused(pack)]
    for control in pack.controls:
        faults += [*_missing_cases(pack, control), *_too_sure(pack, control)]
    faults += [_surprise(pack, result) for result in run_cases(pack) if not result.holds]
    return sorted(set(faults))


def _missing_cases(pack: Pack, control: Control) -> Iterator[Fault]:
    expected = {case.expect for case in control.cases}
    for verdict in _NEEDED:
        if verdict not in expected:
            message = f"control {control.id} has no case that expects {verdict.value}"
            yield _fault(pack, control.place, message, "add one under 'tests'")


def _too_sure(pack: Pack, control: Control) -> Iterator[Fault]:
    says = [must.says for must in control.must]
    for text in (control.title, control.why, control.remedy, *says):
        for word in _TOO_SURE.findall(text):
            message = f"control {control.id} says {word!r}, which no test can show"
            yield _fault(pack, control.place, message, "say what was seen")


def _unused(pack: Pack) -> Iterator[Fault]:
    place = f"{pack.folder.name}/pack.yaml:1"
    controlled = {id_ for control in pack.controls for id_ in (control.commitment, *control.also)}
    for commitment in pack.commitments:
        if commitment.id not in controlled:
            yield _fault(pack, place, f"no control tests commitment {commitment.id}")
    used = {
        name
        for control in pack.controls
        for written in control.expressions
        for name in written.parameters
    }
    for parameter in pack.parameters:
        if parameter.name not in used:
            yield _fault(pack, place, f"no control uses parameter {parameter.name}")


def _surprise(pack: Pack, result: CaseResult) -> Fault:
    message = (
        f"control {result.control} says {result.verdict.value!r} of the case"
        f" {result.case.name!r}, not {result.case.expect.value!r}: {result.reason}"
    )
    return _fault(pack, result.case.place, message)


def _fault(pack: Pack, place: str, message: str, hint: str = "") -> Fault:
    inside, _, line = place.rpartition(":")
    path = str(pack.folder.parent / inside)
    return Fault(path=path, line=int(line), column=1, message=message, hint=hint)
