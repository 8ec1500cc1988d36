"""Shows results to people, and turns them into an exit code."""

from auditor.cli.terminal import print_line, print_table
from auditor.report.words import MARKS
from auditor.results import ControlResult, Results, Verdict

FAILED, UNTOLD = 1, 4


def exit_code(results: Results) -> int:
    """Return 1 if a control failed, 4 if only something could not be told, else 0."""
    verdicts = {control.verdict for control in results.controls}
    if Verdict.FAIL in verdicts:
        return FAILED
    return UNTOLD if Verdict.INDETERMINATE in verdicts else 0


def print_results(results: Results) -> None:
    """Print one line for each commitment and each control."""
    print_table(
        ("", "commitment", "answer", "because"),
        ((c.id, c.title, MARKS[c.verdict].word, c.reason) for c in results.commitments),
    )
    print_line()
    print_table(
        ("control", "verdict", "failed", "unknown", "waived", "tested", "title"),
        (
            (
                control.id,
                control.verdict,
                control.population.failed,
                control.population.indeterminate,
                control.population.waived,
                control.population.tested,
                control.title,
            )
            for control in results.controls
        ),
    )
    print_line()
    print_line(_sentence(results))


def _sentence(results: Results) -> str:
    counts = [
        f"{sum(c.verdict is verdict for c in results.controls)} {verdict}" for verdict in Verdict
    ]
    shown = ", ".join(count for count in counts if not count.startswith("0 "))
    return f"{len(results.controls)} controls as of {results.as_of}: {shown or 'none'}."


def find_control(results: Results, name: str) -> ControlResult | None:
    """Return the control of that id, in any case of letters."""
    wanted = name.casefold()
    return next((c for c in results.controls if c.id.casefold() == wanted), None)
