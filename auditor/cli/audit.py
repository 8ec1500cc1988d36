"""Collect, evaluate, report, sign and verify, in one go.

Makes only calls that read. Leaves a folder with the report, the results, the facts and the
evidence, signed. An audit that was interrupted goes on where it stopped: name its folder.
"""

import argparse
from pathlib import Path

import msgspec

from auditor import pipeline
from auditor.cli import stages
from auditor.cli.flags import add_config, add_json, add_quiet
from auditor.cli.progress import TerminalProgress
from auditor.cli.reading import tell_reading
from auditor.cli.results import exit_code, print_results
from auditor.cli.terminal import note, print_json, print_line
from auditor.cli.verify import print_steps
from auditor.errors import SignatureError
from auditor.results import Results
from auditor.sign import SigningKey
from auditor.verify import Step, Trust, verify_bundle
from auditor.verify.trust import fingerprint

EXAMPLES = """\
examples:
  auditor audit
  auditor audit --config production.yaml --json > results.json
  auditor audit --bundle audits/audit-20261121T140200Z
"""


_AFTER = "Deriving facts, evaluating policies, writing and signing the report …"


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_config(parser)
    parser.add_argument(
        "--bundle",
        type=Path,
        metavar="FOLDER",
        help="folder to write, or to go on with (default: a new one below 'output:')",
    )
    add_json(parser)
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run every stage; the exit code is that of the results."""
    quiet = arguments.quiet or arguments.json
    configuration = stages.load(arguments.config)
    key = stages.open_key(configuration.signing)  # a wrong password must not cost a collection
    stages.check_policies(configuration)
    bundle = arguments.bundle or stages.new_folder(configuration)
    transport = stages.doubts(configuration, quiet=quiet)
    note(f"Auditing into {bundle}", quiet=quiet)
    with TerminalProgress(quiet=quiet, after=_AFTER) as progress:
        results = pipeline.run_audit(
            configuration,
            bundle,
            key,
            progress,
            tsa=stages.authority(configuration.signing.tsa_url),
            transport=transport,
            told=tell_reading(quiet=quiet),
        )
    steps = _verify(bundle, key)
    if arguments.json:
        print_json(
            {
                "bundle": str(bundle),
                "exit_code": exit_code(results),
                "steps": msgspec.to_builtins(steps),
                "results": msgspec.to_builtins(results),
            }
        )
    elif not arguments.quiet:
        _show(bundle, results, steps, key)
    return exit_code(results)


def _verify(bundle: Path, key: SigningKey) -> tuple[Step, ...]:
    trust = Trust(fingerprint=fingerprint(key.certificate))
    steps = verify_bundle(bundle, trust)
    failed = [step for step in steps if step.held is False]
    if failed:
        said = "; ".join(f"step {step.number}, {step.name}: {step.detail}" for step in failed)
        raise SignatureError(f"{bundle} was signed but does not verify: {said}")
    return steps


def _show(bundle: Path, results: Results, steps: tuple[Step, ...], key: SigningKey) -> None:
    print_steps(steps)
    print_line()
    print_results(results)
    print_line()
    print_line(f"Report:   {bundle / 'report.html'}")
    print_line(f"          {bundle / 'report.pdf'}")
    print_line(f"Bundle:   {bundle}")
    print_line(f"Signer:   {fingerprint(key.certificate)} (give this to reviewers separately)")
