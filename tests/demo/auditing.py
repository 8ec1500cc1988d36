"""Audits one half of the demonstration, with the files that a user of it would have written."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from auditor import pipeline
from auditor.collect.door import Door, Silence
from auditor.config.configuration import Configuration
from auditor.config.loader import load_config
from auditor.demo.inputs import write_inputs
from auditor.model import Target
from auditor.results import Results

Shown = tuple[str, str, str]  # control, row and verdict
_LOGS = {"aws": "cloudtrail", "oci": "oci"}  # how kinds of their logs begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """What an audit of one cloud leaves behind."""

    bundle: Path
    results: Results

    @property
    def facts(self) -> Path:
        """The folder of its tables."""
        return self.bundle / pipeline.FACTS

    def shown(self) -> set[Shown]:
        """Return what does not pass; of an open gap its unit of coverage.

        That the code of the agreement was not shown is no fault of a cloud that was asked alone.
        """
        found = set()
        for control in self.results.controls:
            for finding in control.findings:
                found.add((control.id, finding.row_id, str(finding.was or finding.verdict)))
            if control.id == "G-10":
                found |= {(control.id, gap.coverage_id, "indeterminate") for gap in control.gaps}
        return {each for each in found if not (each[0] == "G-10" and each[1].startswith("code/"))}


def audit_half(
    folder: Path,
    provider: str,
    estate: Callable[[], AbstractContextManager[Target]],
    open_door: Callable[[Target], Door] = pipeline.door_to,
) -> Half:
    """Collect, read logs, derive and evaluate; no statements are asked for."""
    bundle = folder / "audit-1"
    configuration = _of_half(folder, provider)
    with estate() as target:

        def door(_: Target) -> Door:
            return open_door(target)

        audit = pipeline.begin(configuration, bundle, transport=("a simulator",))
        pipeline.collect(configuration, audit, bundle, Silence(), open_door=door)
        pipeline.record(configuration, audit, bundle, open_door=door)
    pipeline.derive(bundle)
    return Half(bundle=bundle, results=pipeline.evaluate(bundle))


def _of_half(folder: Path, provider: str) -> Configuration:
    today = datetime.now(UTC).date()
    whole = load_config(write_inputs(folder / "input", output=folder, today=today))
    return replace(
        whole,
        targets=tuple(each for each in whole.targets if each.provider == provider),
        logs=tuple(each for each in whole.logs if each.kind.startswith(_LOGS.get(provider, ()))),
        statements=(),
        signers=(),
        signer_certificates=(),
    )
