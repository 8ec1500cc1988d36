"""Check a bundle in numbered steps, offline, trusting neither its sender nor its carrier.

Say whom you trust with --root or --fingerprint, obtained from elsewhere than the bundle; without
them the signature is checked, but not whose it is. With --replay everything is recomputed from
the evidence and the policies, and compared byte by byte.
"""

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from auditor.cli.flags import add_bundle, add_json, add_quiet
from auditor.cli.terminal import print_json, print_line
from auditor.errors import AuditorError, SignatureError
from auditor.verify import Step, Trust, opened_bundle, read_certificates, verify_bundle

EXAMPLES = """\
examples:
  auditor verify audits/audit-ID
  auditor verify audit-ID.zip --fingerprint 3f:9a:…
  auditor verify audits/audit-ID --root their-root.pem --replay
"""
_SIGNATURE_FAULT = SignatureError.exit_code


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_bundle(parser, archive=True)
    parser.add_argument(
        "--root",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="certificate of an authority that may issue the signer's; repeatable",
    )
    parser.add_argument("--fingerprint", metavar="HEX", help="SHA-256 of the signer's certificate")
    parser.add_argument(
        "--timestamp-root",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="certificate of an authority that may issue a timestamp authority's; repeatable",
    )
    parser.add_argument(
        "--at",
        type=_moment,
        metavar="MOMENT",
        help="when the signer's certificate must be valid, ISO 8601 "
        "(default: the trusted timestamp's time, or now)",
    )
    parser.add_argument(
        "--replay", action="store_true", help="recompute facts, results and reports, and compare"
    )
    add_json(parser)
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make every step and print it."""
    trust = Trust(
        roots=tuple(c for path in arguments.root for c in read_certificates(path)),
        fingerprint=arguments.fingerprint,
        timestamp_roots=tuple(
            c for path in arguments.timestamp_root for c in read_certificates(path)
        ),
    )
    steps = verify_bundle(arguments.bundle, trust, arguments.at)
    if arguments.replay:
        steps = (*steps, *_replay(arguments.bundle))
    held = all(step.held is not False for step in steps)
    if arguments.json:
        print_json({"held": held, "steps": msgspec.to_builtins(steps)})
    elif not arguments.quiet or not held:
        print_steps(steps)
    return 0 if held else _SIGNATURE_FAULT


def print_steps(steps: Iterable[Step]) -> None:
    """Print one line for each step, each fault below its step, and a sentence that sums up."""
    steps = tuple(steps)
    words = {True: "holds", False: "FAILS", None: "open"}
    for step in steps:
        print_line(f"{step.number:>2}  {words[step.held]:<6} {step.name}: {step.detail}")
        if len(step.faults) > 1:
            for fault in step.faults:
                print_line(f"           - {fault}")
    failed = [step.number for step in steps if step.held is False]
    still_open = [step.number for step in steps if step.held is None]
    print_line()
    if failed:
        print_line(f"Do not rely on this bundle: {_steps(failed)} failed.")
    else:
        verb = "is" if len(still_open) == 1 else "are"
        rest = f"; {_steps(still_open)} {verb} left open" if still_open else ""
        print_line(f"Nothing was changed since the bundle was signed{rest}.")


def _steps(numbers: list[int]) -> str:
    *first, last = map(str, numbers)
    return f"steps {', '.join(first)} and {last}" if first else f"step {last}"


def _replay(bundle: Path) -> tuple[Step, ...]:
    from auditor.replay import replay  # noqa: PLC0415  # a plain check needs no renderer

    with opened_bundle(bundle) as (folder, _):
        try:
            return replay(folder)
        except AuditorError as error:
            fault = f"the bundle cannot be recomputed: {error}"
            return (Step(number=9, name="Replay", held=False, detail=fault, faults=(fault,)),)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no moment; write one such as 2026-01-31T23:59:59Z"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
