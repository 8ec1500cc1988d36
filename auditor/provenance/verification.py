"""Tells whether a signature on an envelope holds by any of the roots that an audit trusts."""

from collections.abc import Sequence

from auditor.errors import ProvenanceError
from auditor.provenance.envelopes import UnreadVersionError, read_envelope
from auditor.provenance.keys import key_checker
from auditor.provenance.sigstore import sigstore_checker
from auditor.provenance.trust import KEY, SIGSTORE, Checker, Root, Unusable, Verdict, best

_MAKERS = {KEY: key_checker, SIGSTORE: sigstore_checker}


class Roots:
    """Roots that were read once, to hold many envelopes against."""

    def __init__(self, roots: Sequence[Root]) -> None:
        """Read every root; one that cannot be read leaves unknown what no other vouches for."""
        self._checkers = [_checker(root) for root in roots]

    def verify(self, envelope_text: str) -> Verdict:
        """Return whether any root vouches for an envelope; never raises for what is in it."""
        if not self._checkers:
            return Verdict(holds=None, why="the audit names no key or trusted root to check it by")
        try:
            envelope = read_envelope(envelope_text)
        except UnreadVersionError as error:
            return Verdict(holds=None, why=str(error))
        except ProvenanceError as error:
            return Verdict(holds=False, why=str(error))
        return best(checker.check(envelope) for checker in self._checkers)


def verify(envelope_text: str, roots: Sequence[Root]) -> Verdict:
    """Return whether a signature on a DSSE envelope or Sigstore bundle holds by any root.

    True by one root is enough; false where no root vouches for it; None where that cannot be told.
    The same in every run: no clock is read, and nothing is asked of any network.
    """
    return Roots(roots).verify(envelope_text)


def _checker(root: Root) -> Checker:
    if root.content is None:
        return Unusable(f"{root.name!r} could not be read")
    maker = _MAKERS.get(root.kind)
    return maker(root) if maker else Unusable(f"{root.name!r} is of a kind that is not known here")
