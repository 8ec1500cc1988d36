"""Joins several collections into one bundle: shards of one, or collections of several targets."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from auditor.activity.recording import ACTIVITY
from auditor.config.audit_file import read_audit, write_audit
from auditor.errors import BundleError
from auditor.evidence import EvidenceStore, read_evidence
from auditor.model import Audit, LogSource, Target
from auditor.pipeline import AUDIT, POLICIES, STATEMENTS

_INPUTS = (POLICIES, STATEMENTS)


def merge(bundles: Sequence[Path], output: Path) -> Audit:
    """Write a new bundle with the evidence of all of these, in their order, and return its audit.

    It speaks of the latest of their moments. A shard that is not among them is a gap of it.

    Raises:
        BundleError: one is sealed or none, the output exists, they do not belong together, or
            audit logs were read into more than one of them.
    """
    if output.exists():
        raise BundleError(f"{output} exists; collections are joined into a new folder")
    audits = [_read(bundle) for bundle in bundles]
    audit = _joined(audits, bundles, output)
    output.mkdir(parents=True)
    for name in _INPUTS:
        if (bundles[0] / name).is_dir():
            shutil.copytree(bundles[0] / name, output / name)
    for bundle in _with_logs(bundles):
        shutil.copytree(bundle / ACTIVITY, output / ACTIVITY)
    store = EvidenceStore(output)
    for bundle in bundles:
        for _, record in read_evidence(bundle):
            store.add(record)
    store.close()
    write_audit(audit, output / AUDIT)
    return audit


def _read(bundle: Path) -> Audit:
    if not (bundle / AUDIT).is_file():
        raise BundleError(f"{bundle} is not the folder of a collection: it has no {AUDIT}")
    if (bundle / "SHA256SUMS").exists():
        raise BundleError(f"{bundle} is sealed; join collections before they are signed")
    return read_audit(bundle / AUDIT)


def _joined(audits: Sequence[Audit], bundles: Sequence[Path], output: Path) -> Audit:
    first = audits[0]
    for audit, bundle in zip(audits, bundles, strict=True):
        if _shared(audit) != _shared(first):
            raise BundleError(f"{bundle} was collected with another configuration or version")
        if not _equal_inputs(bundle, bundles[0]):
            raise BundleError(f"{bundle} has other policies or statements than {bundles[0]}")
    return replace(
        first,
        id=output.name.removeprefix("audit-"),
        as_of=max(audit.as_of for audit in audits),
        targets=_targets(audits),
        transport=tuple(sorted(set(chain.from_iterable(each.transport for each in audits)))),
        shards=tuple(sorted(set(chain.from_iterable(each.shards for each in audits)))),
        logs=_logs(audits),
    )


def _shared(audit: Audit) -> Audit:
    """Return what must be equal of all collections of one audit."""
    return replace(audit, id="", as_of="", targets=(), transport=(), shards=(), logs=())


def _logs(audits: Sequence[Audit]) -> tuple[LogSource, ...]:
    """Return every log source that any of these names, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(audit.logs for audit in audits)))


def _with_logs(bundles: Sequence[Path]) -> list[Path]:
    """Return the one bundle that audit logs were read into, if any."""
    found = [bundle for bundle in bundles if (bundle / ACTIVITY).is_dir()]
    if len(found) > 1:
        raise BundleError(
            f"audit logs were read into {found[0]} and {found[1]}: events would count twice; name "
            "all log sources in the configuration of one of these collections"
        )
    return found


def _targets(audits: Sequence[Audit]) -> tuple[Target, ...]:
    """Return the targets of shards, which are the same, or of collections apart, which differ."""
    if any(audit.shards for audit in audits):
        names = [name for audit in audits for name in audit.shards]
        if len(names) != len(set(names)) or not all(audit.shards for audit in audits):
            raise BundleError("a shard is named twice, or a whole collection stands among shards")
        if any(audit.targets != audits[0].targets for audit in audits):
            raise BundleError("these shards are of collections with different targets")
        return audits[0].targets
    targets = {target.name: target for audit in audits for target in audit.targets}
    if len(targets) != sum(len(audit.targets) for audit in audits):
        raise BundleError(
            "two of these collections asked the same target; only shards of one can be joined"
        )
    return tuple(targets.values())


def _equal_inputs(bundle: Path, other: Path) -> bool:
    return all(_content(bundle / name) == _content(other / name) for name in _INPUTS)


def _content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
