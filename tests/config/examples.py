"""A small audit.yaml that loads, for tests to bend."""

from pathlib import Path

SMALL = """\
agreement: The agreement
company: Example Company
period: {start: 2026-01-01, end: 2026-06-30}
aws:
  - name: production
    profile: audit
policies:
  - pack: ttp-2020
signing: {ephemeral: true}
"""


def write_config(folder: Path, text: str = SMALL) -> Path:
    """Write audit.yaml into a folder and return its path."""
    path = folder / "audit.yaml"
    path.write_text(text)
    return path
