"""The demonstration: embedded clouds and code host, audited as real ones would be."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from auditor import pipeline
from auditor.collect.door import Progress
from auditor.config.loader import load_config
from auditor.demo.aws.estate import aws_estate
from auditor.demo.github.estate import github_estate
from auditor.demo.inputs import AWS_TARGET, GITHUB_TARGET, OCI_TARGET, write_inputs
from auditor.demo.tenancy.estate import oci_estate
from auditor.errors import SignatureError
from auditor.model import Target
from auditor.results import Results
from auditor.sign import ephemeral_key
from auditor.verify import Step, verify_bundle

TRANSPORT = (
    "This is a demonstration: the answers came from simulators embedded in the tool, "
    "not from Amazon Web Services, not from Oracle Cloud and not from GitHub.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a demonstration leaves behind."""

    bundle: Path
    results: Results
    steps: tuple[Step, ...]


def run_demo(output: Path, progress: Progress, *, stamp: str = "") -> Outcome:
    """Audit both estates into a signed bundle below a folder, and verify it.

    Args:
        stamp: names the bundle's folder, ``audit-<stamp>``; '' takes the moment.

    Raises:
        SignatureError: the bundle that was just made does not verify.
    """
    started = datetime.now(UTC)
    name = f"audit-{stamp or started.strftime('%Y%m%dT%H%M%SZ')}"
    with estates() as targets:
        audit_yaml = write_inputs(output / "input", output=output.resolve(), today=started.date())
        configuration = load_config(audit_yaml)
        bundle = configuration.output / name
        results = pipeline.run_audit(
            configuration,
            bundle,
            ephemeral_key(started),
            progress,
            transport=TRANSPORT,
            open_door=lambda target: pipeline.door_to(targets.get(target.name, target)),
        )
    steps = verify_bundle(bundle)
    broken = [fault for step in steps if step.held is False for fault in step.faults]
    if broken:
        raise SignatureError("; ".join(broken))
    return Outcome(bundle=bundle, results=results, steps=steps)


@contextmanager
def estates() -> Iterator[Mapping[str, Target]]:
    """Run what is embedded; yields how to reach each, by the name in audit.yaml."""
    with ExitStack() as stack:
        yield {
            AWS_TARGET: stack.enter_context(aws_estate()),
            OCI_TARGET: stack.enter_context(oci_estate()),
            GITHUB_TARGET: stack.enter_context(github_estate()),
        }
