"""From counts to the verdict of a control and of a commitment, with the reason in words."""

from collections.abc import Iterable, Sequence

from auditor.policy.judgement import Judgement
from auditor.policy.pack import Control, Quantifier
from auditor.results import CommitmentResult, ControlResult, Population, Verdict
from auditor.tables.nouns import noun

_ORDER = tuple(Verdict)


def population(control: Control, judgement: Judgement, waived: int) -> Population:
    """The counts after waivers."""
    return Population(
        table=control.table,
        total=judgement.total,
        passed=judgement.passed,
        failed=judgement.failed - waived,
        indeterminate=judgement.indeterminate,
        waived=waived,
        out_of_scope=judgement.out_of_scope,
    )


def conclude(control: Control, judgement: Judgement, waived: int = 0) -> tuple[Verdict, str]:
    """Return the verdict of a control, and why, in one sentence.

    fail > indeterminate > waived > pass > not applicable. A control cannot pass while a table
    that it reads may lack rows. Whatever is forgotten of the facts moves the verdict to
    indeterminate or not at all.
    """
    counts = population(control, judgement, waived)
    existing = control.quantifier is Quantifier.SOME
    if existing and counts.passed:
        return _exists(control, counts)
    if counts.failed and not existing:
        verb = "does" if counts.failed == 1 else "do"
        return Verdict.FAIL, f"{_of(control, counts.failed, counts.tested)} {verb} not meet it."
    if untold := _untold(control, judgement, counts):
        return untold
    if counts.waived and not (existing and counts.failed):
        subject = _of(control, counts.waived, counts.tested)
        return Verdict.WAIVED, f"{subject}: not met, and covered by a waiver."
    if existing:
        return Verdict.FAIL, _none_of(control, counts.tested)
    return _passed(control), f"Met in {_of(control, counts.passed, counts.tested)} tested."


def _exists(control: Control, counts: Population) -> tuple[Verdict, str]:
    """One row that holds is enough, and no gap can take it away."""
    if control.attested:
        said = _count(control, counts.passed)
        return Verdict.PASS_ATTESTED, f"Rests on {said}, not on a test."
    return Verdict.PASS, f"Met by {_of(control, counts.passed, counts.tested)}."


def _untold(
    control: Control, judgement: Judgement, counts: Population
) -> tuple[Verdict, str] | None:
    """The verdict where rows are unknown, may be missing, or are none; None if all is known."""
    if counts.indeterminate:
        subject = _of(control, counts.indeterminate, counts.tested)
        return Verdict.INDETERMINATE, f"It could not be told for {subject}."
    if judgement.gaps:
        return Verdict.INDETERMINATE, _gap_reason(control, judgement)
    if not judgement.in_scope:
        return _conclude_empty(control, judgement)
    return None


def _conclude_empty(control: Control, judgement: Judgement) -> tuple[Verdict, str]:
    """No row is known to be in scope."""
    many = noun(2, control.table)
    if judgement.total > judgement.out_of_scope and control.empty is not Verdict.PASS:
        return Verdict.INDETERMINATE, f"None of the {many} found is known to be in scope."
    if control.empty in (Verdict.PASS, Verdict.NOT_APPLICABLE) and not judgement.asked:
        return Verdict.INDETERMINATE, f"There are no {many} in scope, and nothing asked for any."
    verdict = _passed(control) if control.empty is Verdict.PASS else control.empty
    return verdict, f"There are no {many} in scope."


def _passed(control: Control) -> Verdict:
    return Verdict.PASS_ATTESTED if control.attested else Verdict.PASS


def _gap_reason(control: Control, judgement: Judgement) -> str:
    number = len(judgement.gaps)
    units = "1 planned collection is" if number == 1 else f"{number:,} planned collections are"
    if control.table == "coverage":
        return f"{units} incomplete: refused, failed or not asked."
    return f"{units} incomplete, so there may be {noun(2, control.table)} that were not seen."


def _count(control: Control, number: int) -> str:
    return f"{number:,} {noun(number, control.table)}"


def _of(control: Control, number: int, whole: int) -> str:
    return f"{number:,} of {_count(control, whole)}"


def _none_of(control: Control, number: int) -> str:
    start = "Not met by the" if number == 1 else "Not met by any of the"
    return f"{start} {_count(control, number)} tested."


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """The gravest of some verdicts; of none, that nothing can be told."""
    return min(verdicts, key=_ORDER.index, default=Verdict.INDETERMINATE)


def answer(id_: str, title: str, controls: Sequence[ControlResult]) -> CommitmentResult:
    """The answer to one commitment: the gravest verdict of its controls."""
    verdict = gravest(control.verdict for control in controls)
    deciding = [control.id for control in controls if control.verdict is verdict]
    reason = f"Decided by {', '.join(deciding)}." if deciding else "No control tests it."
    if len(deciding) == 1:
        reason = next(c.reason for c in controls if c.verdict is verdict)
    return CommitmentResult(
        id=id_,
        title=title,
        verdict=verdict,
        reason=reason,
        controls=tuple(control.id for control in controls),
    )
