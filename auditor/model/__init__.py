"""The nouns of an audit. Each stage takes some of these and returns others.

    Audit --collect--> Record --facts--> rows of tables --policy--> Results --report--> files

Everything here is frozen, holds plain data, and imports nothing of ours.
"""

from auditor.model.answers import Answer, Json, Outcome, Place, Record, Request, Unknown
from auditor.model.audit import Audit
from auditor.model.inputs import (
    ClassificationRule,
    LogSource,
    PackChoice,
    Party,
    Person,
    RegisterEntry,
    Signer,
    Target,
    Waiver,
)

__all__ = [
    "Answer",
    "Audit",
    "ClassificationRule",
    "Json",
    "LogSource",
    "Outcome",
    "PackChoice",
    "Party",
    "Person",
    "Place",
    "Record",
    "RegisterEntry",
    "Request",
    "Signer",
    "Target",
    "Unknown",
    "Waiver",
]
