"""What the commands of the path of an audit share: bundle folders, keys, and each stage's words."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from auditor import pipeline
from auditor.cli.progress import TerminalProgress
from auditor.cli.reading import tell_reading
from auditor.cli.terminal import note
from auditor.config.audit_file import read_audit
from auditor.config.configuration import Configuration, Signing, new_audit
from auditor.config.loader import load_config
from auditor.config.transport import describe_transport
from auditor.errors import AuditorError, BundleError, ConfigError, Fault
from auditor.merging import merge as merge_bundles
from auditor.policy import load_pack, read_results, write_results
from auditor.policy.parameters import settings_of
from auditor.resources import data_folder
from auditor.results import Results
from auditor.sign import (
    KeySource,
    SigningKey,
    TimestampAuthority,
    ephemeral_key,
    load_signing_key,
)
from auditor.walk import Shard


def load(path: Path) -> Configuration:
    """Read the configuration, and say how to get one if there is none.

    Raises:
        ConfigError: everything that is wrong in it.
        AuditorError: the file does not exist.
    """
    if not path.exists():
        problem = AuditorError(f"there is no {path}")
        problem.advice = "'auditor init' writes one to start from; --config names another"
        raise problem
    return load_config(path)


def new_folder(configuration: Configuration) -> Path:
    """Return the folder of a new bundle below the configured output; it does not exist yet."""
    name = datetime.now(UTC).strftime("audit-%Y%m%dT%H%M%SZ")
    folder = configuration.output / name
    number = 2
    while folder.exists():
        folder = configuration.output / f"{name}-{number}"
        number += 1
    return folder


def doubts(configuration: Configuration, *, quiet: bool) -> tuple[str, ...]:
    """Return, and say, why answers may not come from the providers themselves."""
    transport = describe_transport(os.environ, configuration.targets)
    for sentence in transport:
        note(f"note: {sentence}", quiet=quiet)
    return transport


def check_policies(configuration: Configuration) -> None:
    """Make sure before anything is asked that the policies can be applied.

    Raises:
        ConfigError: every fault of every pack, or of the parameters that the audit overrides.
    """
    audit = new_audit(configuration, as_of=pipeline.now(), tool_version="", id="")
    faults: list[Fault] = []
    for choice in configuration.packs:
        built_in = data_folder(pipeline.POLICIES) / choice.name
        folder = configuration.pack_folders.get(choice.name, built_in)
        try:
            pack = load_pack(folder)
        except ConfigError as error:
            faults += error.faults
            continue
        try:
            settings_of(pack, audit)
        except ConfigError as error:  # what overrides them stands in the file, not in a bundle yet
            faults += [replace(fault, path=str(configuration.path)) for fault in error.faults]
            continue
        if pack.name != choice.name:  # its parameters would be looked for under the other name
            faults.append(_misnamed(folder, pack.name))
    if faults:
        raise ConfigError(faults)


def _misnamed(folder: Path, name: str) -> Fault:
    return Fault(
        path=str(folder / "pack.yaml"),
        line=1,
        column=1,
        message=f"the pack is called '{name}' and its folder '{folder.name}'",
        hint="give both one name",
    )


def collect(
    configuration: Configuration, bundle: Path, *, quiet: bool, shard: Shard | None = None
) -> None:
    """Begin or resume a bundle and collect what it lacks."""
    transport = doubts(configuration, quiet=quiet)
    audit = pipeline.begin(configuration, bundle, transport=transport, shard=shard)
    note(f"Collecting into {bundle}", quiet=quiet)
    with TerminalProgress(quiet=quiet) as progress:
        pipeline.collect(configuration, audit, bundle, progress)
    pipeline.record(configuration, audit, bundle, told=tell_reading(quiet=quiet))


def merge(bundles: Sequence[Path], output: Path, *, quiet: bool) -> None:
    """Join collections into a new bundle, and say which of their shards are missing."""
    note(f"Joining {len(bundles)} collections into {output}", quiet=quiet)
    shards = merge_bundles(bundles, output).shards
    missing = {str(each) for each in Shard.parse(shards[0]).all} - set(shards) if shards else set()
    for name in sorted(missing):
        note(f"note: shard {name} is not among them, which leaves a gap", quiet=quiet)


def evaluate(bundle: Path, *, quiet: bool) -> Results:
    """Derive the facts, evaluate the policies and keep the results."""
    _require(bundle)
    _refuse_sealed(bundle)
    note("Deriving facts", quiet=quiet)
    pipeline.derive(bundle)
    note("Evaluating policies", quiet=quiet)
    results = pipeline.evaluate(bundle)
    write_results(results, bundle / pipeline.RESULTS)
    return results


def render(bundle: Path, *, quiet: bool) -> tuple[Path, ...]:
    """Write the reports and return their paths."""
    _require(bundle)
    _refuse_sealed(bundle)
    results = read_results(bundle / pipeline.RESULTS)
    note("Writing the report", quiet=quiet)
    written = []
    for name, content in sorted(pipeline.render(bundle, results).items()):
        (bundle / name).write_bytes(content)
        written.append(bundle / name)
    return tuple(written)


def open_key(signing: Signing) -> SigningKey:
    """Return the key that the configuration names, or a new ephemeral one.

    Raises:
        SignatureError: it cannot be read or cannot sign.
    """
    if signing.key is None:
        return ephemeral_key()
    return load_signing_key(
        KeySource(
            path=signing.key,
            certificates=signing.certificates,
            revocation_lists=signing.revocation_lists,
            password_variable=signing.password_variable or None,
        )
    )


def authority(tsa_url: str) -> TimestampAuthority | None:
    """Return the timestamp authority at an address, or None for ''."""
    return TimestampAuthority(url=tsa_url) if tsa_url else None


def seal(bundle: Path, key: SigningKey, tsa_url: str, *, quiet: bool) -> None:
    """Sign a bundle with the kind of key that its report speaks of.

    Raises:
        AuditorError: the report says that the key is ephemeral and it is not, or the reverse.
    """
    _require(bundle)
    expected = read_audit(bundle / pipeline.AUDIT).ephemeral_key
    if key.ephemeral != expected:
        problem = AuditorError(
            "the report says that the key was made for this run only, and this key was not"
            if expected
            else "the report speaks of a signer's key, and this key would name nobody"
        )
        problem.advice = "set signing: in audit.yaml to the key that is meant, and audit again"
        raise problem
    note("Signing", quiet=quiet)
    pipeline.seal(bundle, key, authority(tsa_url))


def _require(bundle: Path) -> None:
    if not (bundle / pipeline.AUDIT).is_file():
        raise BundleError(f"{bundle} is not the folder of a bundle: it has no {pipeline.AUDIT}")


def _refuse_sealed(bundle: Path) -> None:
    if (bundle / "SHA256SUMS").exists():
        raise BundleError(f"{bundle} is sealed: to work on it, copy the folder without its seals")
