"""What is said by hand of the actions on one kind of store, processor or key."""

from collections.abc import Mapping
from dataclasses import dataclass

WORDS = ("read", "write", "share", "decrypt", "administer", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The actions that reach what one kind of thing holds; what is left out, AWS's levels decide.

    Actions are names parted by spaces, each with its prefix where that is another one. Where it
    says who reads or decrypts, other reads are of metadata and other writes change settings;
    otherwise AWS's levels Read and Write say who reads and writes.

    Attributes:
        types: resource types of the service reference, the thing itself first, then what is in it;
            a type that the reference lacks has no actions.
        prefix: of its actions, if that is not the service's.
        read: hand out what it holds.
        write: change what it holds.
        share: give what it holds to other accounts, or copy it out.
        decrypt: use a key to make ciphertext readable.
        administer: change who may reach it; beside what AWS calls Permissions management.
        none: give nothing of these, whatever their level.
        closed: why no action of IAM reads it, as a sentence without full stop.
        below: what the request adds to the thing's ARN for an action on the thing itself.
        inner: what it adds for those that read and write what the thing holds.
        beside: types that hold it or that it holds, where no name says which is whose.
        undefined: the service reference has no such service yet.
    """

    types: tuple[str, ...] = ()
    prefix: str = ""
    read: str = ""
    write: str = ""
    share: str = ""
    decrypt: str = ""
    administer: str = ""
    none: str = ""
    closed: str = ""
    below: str = ""
    inner: str = ""
    beside: str = ""
    undefined: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether it says by which actions, if by any, what the thing holds is handed out."""
        return bool(self.read or self.decrypt or self.closed)

    def said(self, prefix: str) -> Mapping[str, str]:
        """Return action in lower case -> access word, for what is said by hand."""
        return {
            whole(prefix, name): word
            for word in reversed(WORDS)  # where two words name an action, the first one counts
            for name in getattr(self, word).split()
        }

    def added(self, prefix: str, action: str) -> str:
        """Return what a request for an action adds to the thing's ARN."""
        inner = f"{self.read} {self.write}".split() if self.inner else ()
        return self.inner if action in {whole(prefix, name) for name in inner} else self.below


def whole(prefix: str, name: str) -> str:
    """Return an action in lower case with its prefix."""
    return (name if ":" in name else f"{prefix}:{name}").lower()


NOTHING = Contents()
Table = Mapping[tuple[str, str], Contents]  # prefix of actions, or '*', and kind in our words
