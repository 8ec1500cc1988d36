"""Arguments that several commands share, so that they are spelled and explained alike."""

import argparse
from pathlib import Path

from auditor.sign import KeySource, SigningKey, ephemeral_key, load_signing_key


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add --json: standard output then holds one JSON value and nothing else."""
    parser.add_argument("--json", action="store_true", help="print JSON for programs")


def add_quiet(parser: argparse.ArgumentParser) -> None:
    """Add --quiet: nothing is said about what goes on; results and errors still are."""
    parser.add_argument("--quiet", "-q", action="store_true", help="show no progress")


def add_bundle(parser: argparse.ArgumentParser, *, archive: bool = False) -> None:
    """Add the bundle that a command works on."""
    words = "folder or archive of a bundle" if archive else "folder of a bundle"
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help=words)


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add --config."""
    parser.add_argument(
        "--config",
        "-c",
        type=Path,
        default=Path("audit.yaml"),
        metavar="FILE",
        help="what to audit and how (default: %(default)s)",
    )


def add_key(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Add the arguments that name a signing key. The password is never an argument."""
    parser.add_argument(
        "--key", type=Path, metavar="FILE", required=required, help="private key: PKCS#12 or PEM"
    )
    parser.add_argument(
        "--certificates",
        type=Path,
        metavar="FILE",
        help="PEM file with the key's certificates, where the key's file has none",
    )
    parser.add_argument(
        "--password-env",
        metavar="NAME",
        help="environment variable that holds the key's password",
    )


def named_key(arguments: argparse.Namespace) -> SigningKey:
    """Return the key that the arguments name.

    Raises:
        SignatureError: it cannot be read or cannot sign.
    """
    if getattr(arguments, "ephemeral", False):
        return ephemeral_key()
    return load_signing_key(
        KeySource(
            path=arguments.key,
            certificates=arguments.certificates,
            password_variable=arguments.password_env,
        )
    )
