"""What is wrong in a demo estate, and how each wrong must show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One breach or gap that somebody planted, and the verdict that it must cause.

    Attributes:
        what: a sentence without a full stop.
        control: id of the control that must notice.
        row: shell-style pattern of the id of the row that must not pass.
        verdict: 'fail' or 'indeterminate'.
    """

    what: str
    control: str
    row: str
    verdict: str
