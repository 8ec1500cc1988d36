"""What signatures are held against: public keys, and trusted roots of Sigstore instances."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from auditor.provenance.envelopes import Envelope

KEY, SIGSTORE = "public key", "sigstore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """One thing that an audit trusts, as ``trust_roots`` has it.

    Attributes:
        kind: 'public key' or 'sigstore'.
        content: PEM of the key, or JSON of the trusted root; None if it could not be read.
    """

    kind: str
    name: str
    content: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a signature on an envelope holds by a trusted root.

    Attributes:
        holds: None if that cannot be told.
        signer: name of the key, or the one identity that the certificate names; '' unless it holds.
        issuer: who vouched for that identity; '' for a key.
        why: a sentence for a reader, without a full stop; '' if it holds.
    """

    holds: bool | None
    signer: str = ""
    issuer: str = ""
    why: str = ""


class Checker(Protocol):
    """Holds envelopes against one root."""

    def check(self, envelope: Envelope) -> Verdict:
        """Return what this one root says of an envelope."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """A root that can say nothing, and why."""

    why: str

    def check(self, envelope: Envelope) -> Verdict:  # noqa: ARG002  every envelope alike
        """Return that it cannot be told."""
        return Verdict(holds=None, why=self.why)


def best(verdicts: Iterable[Verdict]) -> Verdict:
    """Return what several roots say together: one that holds is enough, in the order given."""
    several = list(verdicts)
    for wanted in (True, None):
        for verdict in several:
            if verdict.holds is wanted:
                return verdict
    whys = sorted({verdict.why for verdict in several})
    return Verdict(holds=False, why="; ".join(whys))
