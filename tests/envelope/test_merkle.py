"""The tree is that of RFC 9162, and a proof shows one record and nothing else."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.envelope import (
    MerkleTree,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    salt,
    verify_inclusion,
)

# The leaves and the root of certificate-transparency-go's reference tree, section 2.1.5's shape.
REFERENCE = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "6061626364656667"]
REFERENCE = [*REFERENCE[:-1], "606162636465666768696a6b6c6d6e6f"]
REFERENCE_ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
LEAVES = [sha256(b"%d" % i).digest() for i in range(10_000)]


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 9162 2.1.1, word by word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = root_by_definition(leaves[:split]), root_by_definition(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def tree_of(leaves: list[bytes]) -> MerkleTree:
    """A tree grown at once."""
    tree = MerkleTree()
    tree.extend(leaves)
    return tree


def test_known_answer() -> None:
    """The reference tree of eight leaves that Certificate Transparency's logs share."""
    leaves = [sha256(b"\0" + bytes.fromhex(text)).digest() for text in REFERENCE]

    assert tree_of(leaves).root().hex() == REFERENCE_ROOT


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 100, 4095, 4096, 4097, 8192, 9000, 10_000])
def test_root_is_the_one_of_the_definition(size: int) -> None:
    """Also around the sizes at which leaves are folded into a subtree."""
    assert tree_of(LEAVES[:size]).root() == root_by_definition(LEAVES[:size])


@given(st.lists(st.integers(0, 5000), max_size=5))
def test_root_does_not_depend_on_how_leaves_arrive(portions: list[int]) -> None:
    """Segments of any size give one tree."""
    tree = MerkleTree()
    start = 0
    for portion in portions:
        tree.extend(LEAVES[start : start + portion])
        start += portion

    assert tree.root() == tree_of(LEAVES[:start]).root()
    assert tree.size == min(start, len(LEAVES))


@given(st.integers(1, 300), st.data())
def test_a_proof_holds_for_its_record_alone(size: int, data: st.DataObject) -> None:
    """Not at another index, not in another tree, not for another record."""
    index = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    root = tree_of(leaves).root()
    proof = inclusion_proof(leaves, index)

    def holds(leaf: bytes, at: int, of: int) -> bool:
        return verify_inclusion(leaf, index=at, size=of, proof=proof, root=root)

    assert holds(leaves[index], index, size)
    assert not holds(LEAVES[-1], index, size)
    assert not holds(leaves[index], size, size)
    assert not any(holds(leaves[index], other, size) for other in range(size) if other != index)
    assert not verify_inclusion(
        leaves[index], index=index, size=size, proof=(*proof, root), root=root
    )


def test_no_proof_for_a_record_that_is_not_there() -> None:
    """An index from elsewhere is an error, not a proof of something else."""
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES[:3], 3)


def test_salts_differ_by_index_and_by_master() -> None:
    """Equal records have unequal leaves, in one collection and between two."""
    first, second = leaf_hashes(b"m" * 32, 0, [b"same", b"same"])
    other = leaf_hashes(b"n" * 32, 0, [b"same"])[0]

    assert len({first, second, other}) == 3
    assert first == leaf_hash(salt(b"m" * 32, 0), b"same")
    assert second == leaf_hash(salt(b"m" * 32, 1), b"same")
    assert salt(b"m" * 32, 1) == sha256(b"m" * 32 + bytes(7) + b"\x01").digest()[:16]
