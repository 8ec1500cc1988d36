"""What AWS's levels do not say: which actions reach what a store holds, by hand.

The service reference marks ``s3:GetBucketLocation`` and ``s3:GetObject`` alike as Read, and
``kms:Decrypt`` as Write. For stores that matter, these tables say which actions reach content.
"""

from auditor.access.contents.base import Contents, Table
from auditor.access.contents.databases import DATABASES
from auditor.access.contents.messages import MESSAGES
from auditor.access.contents.software import SOFTWARE
from auditor.access.contents.storage import STORAGE

CONTENTS: Table = {**STORAGE, **DATABASES, **MESSAGES, **SOFTWARE}

__all__ = ["CONTENTS", "Contents", "Table"]
