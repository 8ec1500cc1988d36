"""What is wrong in a demo estate, and how each wrong must show."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One breach or gap that somebody planted, and the verdict that it must cause.

    Attributes:
        what: a sentence without a full stop.
        control: id of the control that must notice.
        row: shell-style pattern of the id of the row that must not pass.
        verdict: 'fail' or 'indeterminate'.
        surely: False where it is the same wrong under another control, which need not notice.
    """

    what: str
    control: str
    row: str
    verdict: str
    surely: bool = True

    def shows(self, control: str, row: str, verdict: str) -> bool:
        """Whether a finding is the one that it must cause."""
        return (self.control, self.verdict) == (control, verdict) and fnmatchcase(row, self.row)


def fails(what: str, **rows: str) -> list[Planted]:
    """Return one breach per control; a control's id is written with _ for its hyphen."""
    return each_row(what, "fail", rows)


def stays_open(what: str, **rows: str) -> list[Planted]:
    """Return one gap per control; a control's id is written with _ for its hyphen."""
    return each_row(what, "indeterminate", rows)


def each_row(what: str, verdict: str, rows: Mapping[str, str]) -> list[Planted]:
    """Return one entry per control, each with its pattern of rows."""
    return [
        Planted(what=what, control=control.replace("_", "-"), row=row, verdict=verdict)
        for control, row in rows.items()
    ]


# Controls that find where data goes.
_LEAVES = ("A-04", "A-05b", "A-10b")
_HANDED_OUT = ("B-01", "B-02", "B-02b", "B-06b", "E-01")


def echoes(planted: Iterable[Planted], registered: Collection[str]) -> Iterator[Planted]:
    """Yield what the same wrongs cause under controls that ask who receives data, by what right.

    What leaves is in no register, unless it is one of these; that nobody knows to whom leaves open
    whether it is an advertiser; and whom data is handed to can read it.

    Args:
        registered: patterns of rows, as they were planted, that the demo's register covers.
    """
    for each in planted:
        if each.control not in _LEAVES:
            continue
        if each.row not in registered:
            yield replace(each, control="B-08")
        yield replace(each, control="E-02", verdict="indeterminate", surely=False)
        if each.control == "A-05b":
            for control in _HANDED_OUT:
                for verdict in sorted({each.verdict, "indeterminate"}):
                    yield replace(
                        each, control=control, row=f"{each.row}/read", verdict=verdict, surely=False
                    )
