"""What those who sign and those who verify must agree on, byte by byte.

Canonical encoding, digests, the Merkle tree over the evidence, the statement and its envelope.
Nothing here holds a key, knows a signer or reads the cloud.
"""

from auditor.envelope.encoding import canonical
from auditor.envelope.files import digest, digest_file
from auditor.envelope.merkle import (
    MerkleTree,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    salt,
    verify_inclusion,
)
from auditor.envelope.segments import read_master_salt, read_records, seal_evidence, segment_paths

__all__ = [
    "MerkleTree",
    "canonical",
    "digest",
    "digest_file",
    "inclusion_proof",
    "leaf_hash",
    "leaf_hashes",
    "read_master_salt",
    "read_records",
    "salt",
    "seal_evidence",
    "segment_paths",
    "verify_inclusion",
]
