"""Seal a bundle: afterwards any change to it shows, and 'auditor verify' says which.

The key is the one of audit.yaml (signing:), or the one that --key names.
"""

import argparse

from auditor.cli import stages
from auditor.cli.flags import add_bundle, add_config, add_key, add_quiet, named_key
from auditor.cli.terminal import print_line
from auditor.errors import AuditorError
from auditor.verify.trust import fingerprint

EXAMPLES = """\
examples:
  auditor sign audits/audit-ID --config audit.yaml
  auditor sign audits/audit-ID --key auditor.p12 --password-env AUDITOR_KEY_PASSWORD
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_bundle(parser)
    add_config(parser)
    add_key(parser, required=False)
    parser.add_argument(
        "--ephemeral", action="store_true", help="make a key for this run only; it names nobody"
    )
    parser.add_argument("--tsa-url", default="", metavar="URL", help="RFC 3161 timestamp authority")
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> int:
    """Seal, and print the fingerprint that reviewers should be given."""
    if arguments.key and arguments.ephemeral:
        raise AuditorError("--key and --ephemeral exclude each other")
    tsa_url = arguments.tsa_url
    if arguments.key or arguments.ephemeral:
        key = named_key(arguments)
    else:
        signing = stages.load(arguments.config).signing
        key, tsa_url = stages.open_key(signing), tsa_url or signing.tsa_url
    stages.seal(arguments.bundle, key, tsa_url, quiet=arguments.quiet)
    print_line(fingerprint(key.certificate))
    return 0
