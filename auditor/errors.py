"""Every error we raise on purpose, and the exit code it ends in.

    AuditorError            2
      ConfigError           2  a file the user wrote is wrong; lists every fault
      EvidenceError         2  the evidence does not fit the collectors or is damaged
      BundleError           2  a folder is not a bundle, or lacks a part
      ReportError           2  a renderer could not finish
      PackageError          2  an app package is hostile or broken; kept as an answer
      ProvenanceError       2  a statement on a build is hostile or broken; kept as an answer
      SignatureError        3  a signature, digest or key does not hold
      CollectionError       5  collection could not run at all

A finding is not an error: a run in which a control failed exits 1, one in which nothing
failed but something could not be told exits 4. A cloud's refusal is data, never an error.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class AuditorError(Exception):
    """Base of all errors that the command line prints without a traceback."""

    exit_code = 2
    advice = "Run again with --verbose for more detail."


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One thing wrong in a file that the user wrote, where it is, and what would fix it."""

    path: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.path}:{self.line}:{self.column}: {self.message}"
        return f"{text}\n    help: {self.hint}" if self.hint else text


class ConfigError(AuditorError):
    """One or more files that the user wrote do not fit; all faults at once."""

    advice = "Mend the lines above and run again; nothing was collected."

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class EvidenceError(AuditorError):
    """The evidence does not fit the collectors, or cannot be read."""

    advice = "Check the bundle with 'auditor verify', or collect again."


class BundleError(AuditorError):
    """A folder or archive is not a bundle, or lacks a part that this command needs."""

    advice = "Name a folder that 'auditor audit' wrote, or its archive."


class ReportError(AuditorError):
    """A renderer could not finish."""

    advice = "Mend what is named, then run 'auditor report' on the bundle; the results are kept."


class PackageError(AuditorError):
    """An app package, or a recording, is hostile or broken; a collection keeps it as an answer."""

    advice = "Get the file again from where it was released; do not install it."


class ProvenanceError(AuditorError):
    """A statement on a build, or an SBOM, is hostile or broken; it is kept as an answer."""

    advice = "Get the file again from whoever built; until then it vouches for nothing."


class SignatureError(AuditorError):
    """A signature, digest or key does not hold."""

    exit_code = 3
    advice = "Do not rely on this bundle. Ask its author for the original."


class SigningKeyError(SignatureError):
    """The key that was to sign cannot be used: no bundle of anybody's is in doubt."""

    advice = "Check the key's file, its password and its certificate; 'auditor doctor' tries them."


class CollectionError(AuditorError):
    """Collection could not run at all: no credentials, no target, no network."""

    exit_code = 5
    advice = "Run 'auditor doctor' to see which credentials work."
