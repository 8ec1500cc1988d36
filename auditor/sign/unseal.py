"""Takes the seals off a bundle, so that it can be sealed with another key."""

from pathlib import Path

from auditor.envelope import dsse, files
from auditor.envelope.statement import UnsignedReport, decode_statement
from auditor.errors import BundleError, SignatureError
from auditor.sign.seal import write_whole


def unseal_bundle(bundle: Path) -> None:
    """Remove all signatures; the report is again as it was rendered, byte for byte.

    Also mends a bundle whose sealing was cut short. Whether the seals held is not asked: verify
    first.

    Raises:
        BundleError: there is no statement, or the report is not the one that it speaks of.
        SignatureError: the statement cannot be read.
    """
    path = bundle / files.STATEMENT
    if not path.is_file():
        raise BundleError(f"{bundle} is not sealed: there is no {files.STATEMENT}")
    payload, _, _ = dsse.unwrap(path.read_bytes())
    report = decode_statement(payload).predicate.report
    if report is not None:
        _unsign(bundle / files.REPORT, report)
    # The statement last: until it is gone, this can be done again.
    for name in (*sorted(files.NOT_SUBJECTS - {files.STATEMENT}), files.SIGNER, files.INSTRUCTIONS):
        (bundle / name).unlink(missing_ok=True)
    path.unlink()
    if (bundle / files.STATEMENT_TIMESTAMP).parent.is_dir():
        (bundle / files.STATEMENT_TIMESTAMP).parent.rmdir()


def _unsign(path: Path, report: UnsignedReport) -> None:
    try:
        prefix = path.read_bytes()[: report.length]
    except OSError as error:
        raise BundleError(f"{files.REPORT} cannot be read: {error.strerror}") from error
    if files.digest(prefix) != report.sha256:
        raise SignatureError(f"{files.REPORT} does not begin with the report that was signed")
    write_whole(path, prefix)
