"""Verifies a bundle in eight numbered steps, offline, and fails closed.

1. Files: each listed file is there and nothing else is; no links, no names that trick.
2. Digests: each file is the one that SHA256SUMS lists.
3. Signature over the list of files: SHA256SUMS.p7s holds over SHA256SUMS.
4. Statement: its signature holds, and its subjects are the files of the bundle.
5. Signer: one key signed everything, and it is one that the verifier trusts.
6. Timestamp: an authority says when the statement was signed.
7. Evidence records: the Merkle root, recomputed over all of them, is the one that was signed.
8. Report: the PDF is signed as a whole by the same key, and nothing was added since.
"""

from datetime import UTC, datetime
from pathlib import Path

from auditor.envelope.statement import Predicate
from auditor.errors import SignatureError
from auditor.verify.archive import opened_bundle
from auditor.verify.contents import Contents, check_digests, check_files, open_contents
from auditor.verify.pdf import check_report
from auditor.verify.records import check_records
from auditor.verify.signatures import (
    Signer,
    check_list_signature,
    check_statement,
    read_signer,
)
from auditor.verify.steps import Step, all_failed, fails, holds
from auditor.verify.timestamps import check_timestamp
from auditor.verify.trust import NOBODY, Trust, check_signer


def verify_bundle(
    path: Path, trust: Trust | None = None, at: datetime | None = None
) -> tuple[Step, ...]:
    """Verify a bundle, a folder or an archive, and return all eight steps.

    The signer's certificate must be valid at ``at``; if that is not given, at the time of a
    timestamp whose authority is trusted, or else now.

    Raises:
        BundleError: there is neither a folder nor an archive at that path.
    """
    with opened_bundle(path) as (folder, faults):
        contents = open_contents(folder, faults)
        first = (check_files(contents), check_digests(contents))
        try:
            signer = read_signer(contents)
        except SignatureError as error:
            return (*first, *all_failed(3, str(error)))
        return (*first, *_check_seals(contents, signer, trust or NOBODY, at))


def _check_seals(
    contents: Contents, signer: Signer, trust: Trust, at: datetime | None
) -> tuple[Step, ...]:
    third = _list_signature(contents, signer)
    fourth, predicate = _statement(contents, signer)
    if predicate is None:
        return (third, fourth, *all_failed(5, "there is no statement that holds"))
    sixth, stamped = check_timestamp(contents, predicate, trust)
    seventh = check_records(contents.folder, predicate.evidence)
    eighth = check_report(contents, predicate, signer.certificate)
    when = at or stamped or datetime.now(UTC)
    fifth = check_signer(signer.certificate, signer.chain, trust, when)
    return (third, fourth, fifth, sixth, seventh, eighth)


def _list_signature(contents: Contents, signer: Signer) -> Step:
    try:
        return holds(3, check_list_signature(contents, signer))
    except SignatureError as error:
        return fails(3, (str(error),))


def _statement(contents: Contents, signer: Signer) -> tuple[Step, Predicate | None]:
    try:
        statement, faults = check_statement(contents, signer)
    except SignatureError as error:
        return fails(4, (str(error),)), None
    if faults:
        return fails(4, faults), statement.predicate
    return holds(4, f"signed, and names {len(statement.subjects)} files"), statement.predicate
