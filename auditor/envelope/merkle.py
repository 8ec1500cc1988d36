"""The tree over all evidence records: RFC 9162 section 2, with salted leaves.

A leaf is ``SHA-256(0x00 || salt || record)``. The salt makes a record that has few possible
values unguessable from its leaf, so that one record can be shown with its inclusion proof
while the others stay hidden.
"""

import hmac
from collections.abc import Iterable, Sequence
from hashlib import sha256

SALT_BYTES = 16
MASTER_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
_BLOCK = 4096  # leaves folded at once; a power of two, so that a block is a whole subtree


def salt(master: bytes, index: int) -> bytes:
    """The 16-byte salt of the record at ``index``: ``SHA-256(master || index)``, cut short.

    ``index`` is written as 8 bytes, most significant first. Both inputs have a fixed length,
    and half of the digest stays hidden, so a disclosed salt cannot be extended to another one.
    """
    return sha256(master + index.to_bytes(8, "big")).digest()[:SALT_BYTES]


def leaf_hash(leaf_salt: bytes, record: bytes) -> bytes:
    """The leaf of one record's canonical bytes (RFC 9162 2.1.1)."""
    return sha256(b"\0" + leaf_salt + record).digest()


def leaf_hashes(master: bytes, first: int, records: Iterable[bytes]) -> list[bytes]:
    """The leaves of consecutive records, of which the first has index ``first``."""
    # Spelled out for speed: this line and ``_parents`` run once for each record.
    return [
        sha256(b"\0" + sha256(master + i.to_bytes(8, "big")).digest()[:16] + record).digest()
        for i, record in enumerate(records, first)
    ]


class MerkleTree:
    """Grows leaf by leaf and knows its root; memory does not grow with the leaves."""

    def __init__(self) -> None:
        self.size = 0
        self._subtrees: list[bytes] = []  # whole subtrees, largest first
        self._blocks = 0
        self._pending: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the right."""
        self.extend((leaf,))

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add leaf hashes at the right, in order."""
        self.size += len(leaves)
        self._pending.extend(leaves)
        whole = len(self._pending) - len(self._pending) % _BLOCK
        for start in range(0, whole, _BLOCK):
            self._add_block(_fold(self._pending[start : start + _BLOCK]))
        del self._pending[:whole]

    def _add_block(self, node: bytes) -> None:
        # Like adding one to a binary counter: each carry joins two subtrees of one size.
        carries = self._blocks
        while carries & 1:
            node = _parent(self._subtrees.pop(), node)
            carries >>= 1
        self._subtrees.append(node)
        self._blocks += 1

    def root(self) -> bytes:
        """The root over all leaves so far (RFC 9162 2.1.1)."""
        rightmost = [*self._subtrees, *([_fold(self._pending)] if self._pending else [])]
        if not rightmost:
            return EMPTY_ROOT
        node = rightmost.pop()
        while rightmost:
            node = _parent(rightmost.pop(), node)
        return node


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The sibling hashes that lead from the leaf at ``index`` to the root (RFC 9162 2.1.3.1).

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    proof = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            proof.append(level[sibling])
        level = _parents(level)
        index >>= 1
    return tuple(proof)


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof leads from the leaf to the root (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = _parent(sibling, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = _parent(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and hmac.compare_digest(node, root)


def _parent(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _parents(level: list[bytes]) -> list[bytes]:
    above = [
        sha256(b"\1" + left + right).digest()
        for left, right in zip(level[::2], level[1::2], strict=False)
    ]
    if len(level) & 1:
        above.append(level[-1])
    return above


def _fold(level: list[bytes]) -> bytes:
    while len(level) > 1:
        level = _parents(level)
    return level[0]
