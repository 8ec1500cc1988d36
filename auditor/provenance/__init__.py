"""What vouches for builds: reads signed statements and SBOMs, and checks who signed them.

Pure: texts in, values out. Nothing is fetched, and no clock is read.
"""

from auditor.provenance.records import ProvenanceFile, read_file, says_it_vouches
from auditor.provenance.statements import REBUILD, Statement, Subject, statements_of
from auditor.provenance.strict_json import MOST_BYTES
from auditor.provenance.trust import KEY, SIGSTORE, Root, Verdict
from auditor.provenance.verification import Roots, verify

__all__ = [
    "KEY",
    "MOST_BYTES",
    "REBUILD",
    "SIGSTORE",
    "ProvenanceFile",
    "Root",
    "Roots",
    "Statement",
    "Subject",
    "Verdict",
    "read_file",
    "says_it_vouches",
    "statements_of",
    "verify",
]
