"""Says, on standard error, how the reading of audit logs goes."""

from collections import Counter
from collections.abc import Callable

from auditor.cli.terminal import note


def tell_reading(*, quiet: bool) -> Callable[[str, int, int], None]:
    """Return what is told of files that were read; it says less the longer that takes."""
    rounds: Counter[str] = Counter()

    def tell(source: str, done: int, left: int) -> None:
        rounds[source] += 1
        is_power_of_two = rounds[source] & (rounds[source] - 1) == 0
        if not left or is_power_of_two:
            files = "file" if done == 1 else "files"
            rest = ", and more to read" if left else ""
            note(f"Log '{source}': {done:,} new {files} read{rest}", quiet=quiet)

    return tell
