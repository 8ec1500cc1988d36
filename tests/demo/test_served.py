"""The demo's files that are served: one is what was approved, one is not."""

import hashlib
from pathlib import Path

from auditor.demo.served import approved_digests, write_served


def test_one_file_is_served_as_it_was_approved(tmp_path: Path) -> None:
    """By digest; the setting of each names the file that was written."""
    served = {each["name"]: tmp_path / each["file"] for each in write_served(tmp_path)}
    digests = {
        name: f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        for name, path in served.items()
    }
    same = {name for name, digest in approved_digests().items() if digests[name] == digest}
    assert (set(digests), same) == ({"flags", "experiments"}, {"flags"})
