"""Made-up audits and their reports, made once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.report import Report, build
from tests.report import hostile, samples
from tests.report.parts import Sample

MAKERS: dict[str, Callable[[Path], Sample]] = {
    "mixed": samples.mixed,
    "clean": samples.clean,
    "unreadable": samples.unreadable,
    "large": samples.large,
    "hostile": hostile.hostile,
}


def built(sample: Sample) -> Report:
    """Return the report of a sample."""
    return build(sample.results, sample.audit, sample.facts, sample.evidence)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """The report of every sample, by its name."""
    folder = tmp_path_factory.mktemp("facts")
    return {name: built(make(folder / name)) for name, make in MAKERS.items()}
