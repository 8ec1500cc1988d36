"""Write a signed statement: what a person attests because no API can show it.

The file holds the words, the days on which they may be relied on, and the signer's certificate.
An audit accepts it if audit.yaml names that certificate and the subject (statements: signers:).
"""

import argparse
from datetime import date
from pathlib import Path

from auditor.cli.flags import add_key, add_quiet, named_key
from auditor.cli.terminal import note
from auditor.documents import read_text
from auditor.envelope.attestation import open_attestation
from auditor.errors import AuditorError
from auditor.sign.attestation import sign_statement

EXAMPLES = """\
examples:
  auditor attest --subject code-review-access --text-file review.txt --valid-until 2026-12-31 \\
      --key jane.p12 --password-env JANE_PASSWORD --output statements/code-review-access.json
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--subject", required=True, help="what is attested, such as code-review-access"
    )
    words = parser.add_mutually_exclusive_group(required=True)
    words.add_argument("--text", help="the words of the statement")
    words.add_argument("--text-file", type=Path, metavar="FILE", help="file with the words")
    parser.add_argument(
        "--valid-from",
        type=_day,
        metavar="DAY",
        help="first day that it speaks of (default: today)",
    )
    parser.add_argument(
        "--valid-until",
        type=_day,
        required=True,
        metavar="DAY",
        help="last day on which it may be relied on",
    )
    add_key(parser, required=True)
    parser.add_argument(
        "--output", "-o", type=Path, required=True, metavar="FILE", help="file to write"
    )
    add_quiet(parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no day of the calendar; write one such as 2026-01-31"
        ) from None


def run(arguments: argparse.Namespace) -> int:
    """Sign the statement and write it."""
    first = arguments.valid_from or date.today()  # noqa: DTZ011  # the signer's own day is meant
    if arguments.valid_until < first:
        raise AuditorError(f"the statement would end on {arguments.valid_until}, before {first}")
    text = arguments.text if arguments.text_file is None else read_text(arguments.text_file)
    if not text.strip():
        raise AuditorError("the statement has no words")
    key = named_key(arguments)
    envelope = sign_statement(
        key,
        subject=arguments.subject,
        text=text.strip(),
        valid_from=first,
        valid_until=arguments.valid_until,
    )
    fingerprint = open_attestation(envelope)[1]
    try:
        with arguments.output.open("xb") as file:
            file.write(envelope)
    except OSError as error:
        raise AuditorError(f"{arguments.output} cannot be written: {error.strerror}") from error
    name = key.certificate.subject.rfc4514_string()
    note(f"Wrote {arguments.output}, signed by {name}.", quiet=arguments.quiet)
    note(f"SHA-256 of the certificate: {fingerprint}", quiet=arguments.quiet)
    return 0
