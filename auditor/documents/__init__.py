"""Reads the YAML and JSON files that users write, and says where each fault is.

Scalars follow YAML 1.2: ``NO`` is text, only ``true`` and ``false`` are booleans, and a day
stays text. What makes YAML surprising is refused: duplicate keys, anchors, tags, merge keys.
"""

from auditor.documents.document import Document, Location
from auditor.documents.hints import quoted, suggest
from auditor.documents.reader import parse_document, read_document, read_text
from auditor.documents.validation import validate

__all__ = [
    "Document",
    "Location",
    "parse_document",
    "quoted",
    "read_document",
    "read_text",
    "suggest",
    "validate",
]
