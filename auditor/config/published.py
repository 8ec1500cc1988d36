"""The JSON Schema of ``audit.yaml``, for editors: docs/schema/audit.schema.json.

Written by ``python -m auditor.config.published > docs/schema/audit.schema.json``.
"""

import json
import sys

from auditor.config.schema import AuditFile


def published_schema() -> str:
    """Return the JSON Schema (draft 2020-12) as text, the same on every run."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **AuditFile.model_json_schema(),
        "title": "audit.yaml",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(published_schema())
