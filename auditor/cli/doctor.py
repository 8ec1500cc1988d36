"""Check, with one call for each way in, that an audit could run: files, policies, key, credentials.

Makes one read-only call with each target's credentials, and keeps nothing.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import msgspec

from auditor import pipeline
from auditor.cli import stages
from auditor.cli.flags import add_config, add_json
from auditor.cli.terminal import print_json, print_line, print_table
from auditor.collect.registry import load_collectors
from auditor.config.configuration import Configuration
from auditor.errors import AuditorError, CollectionError, ConfigError, SignatureError
from auditor.model import Request, Target
from auditor.walk import Walk

EXAMPLES = """\
examples:
  auditor doctor
  auditor doctor --config production.yaml --json
"""
# Asks who we are: the first thing that any audit wants to know of its credentials.
_IDENTITIES = (
    "aws.sts.identity",
    "oci.identity.tenancy",
    "github.organizations.organization",
    "app.packages.package",
    "provenance.records.file",
)
_CREDENTIALS = (
    "credentials come from the ordinary chains of boto3 and oci: name a 'profile:', or log in; "
    "see docs/credentials-aws.md, docs/credentials-oci.md and docs/github.md"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that an audit needs; ``said`` is what was seen, or what is wrong."""

    name: str
    fine: bool
    said: str
    exit_code: int = 0


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_config(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make every check; the exit code is that of the gravest fault."""
    configuration = stages.load(arguments.config)
    checks = tuple(_checks(configuration))
    if arguments.json:
        print_json([msgspec.to_builtins(check) for check in checks])
    else:
        rows = ((check.name, "fine" if check.fine else "WRONG", check.said) for check in checks)
        print_table(("check", "", "seen"), rows)
        if any(check.exit_code == CollectionError.exit_code for check in checks if not check.fine):
            print_line(f"help: {_CREDENTIALS}")
        for sentence in stages.doubts(configuration, quiet=True):
            print_line(f"note: {sentence}")
    return max(check.exit_code for check in checks)


def _checks(configuration: Configuration) -> Iterator[Check]:
    yield Check(name="configuration", fine=True, said=str(configuration.path))
    names = ", ".join(choice.name for choice in configuration.packs)
    yield _try("policies", ConfigError.exit_code, partial(_policies, configuration, names))
    yield _try("signing key", SignatureError.exit_code, partial(_signer, configuration))
    for target in configuration.targets:
        work = partial(_identity, target)
        yield _try(f"target {target.name}", CollectionError.exit_code, work)


def _try(name: str, exit_code: int, work: Callable[[], str]) -> Check:
    try:
        return Check(name=name, fine=True, said=work())
    except AuditorError as error:
        return Check(name=name, fine=False, said=" ".join(str(error).split()), exit_code=exit_code)
    except ImportError as error:
        said = f"{error}; install the extra: pip install 'auditor[aws,oci,github]'"
        return Check(name=name, fine=False, said=said, exit_code=exit_code)


def _policies(configuration: Configuration, names: str) -> str:
    stages.check_policies(configuration)
    return names


def _signer(configuration: Configuration) -> str:
    key = stages.open_key(configuration.signing)
    return key.certificate.subject.rfc4514_string()


def _identity(target: Target) -> str:
    """Ask one question with a target's credentials.

    Raises:
        CollectionError: there is no door, or the answer was a refusal.
    """
    door = pipeline.door_to(target)
    try:
        answer = door.ask(_who_am_i(target))
    finally:
        door.close()
    if not answer.outcome.known:
        why = answer.message or answer.code or str(answer.outcome)
        raise CollectionError(why)
    body = answer.body if isinstance(answer.body, dict) else {}
    return str(body.get("Arn") or body.get("login") or body.get("id") or "answered")


def _who_am_i(target: Target) -> Request:
    collectors = [c for c in load_collectors() if c.kind in _IDENTITIES]
    walk = Walk([target], collectors)
    walk.start()
    return walk.begin(1)[0]
