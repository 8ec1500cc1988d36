"""Where logs lie: what fits, what does not, and what of it an audit keeps."""

from pathlib import Path

import pytest

from auditor.config.configuration import new_audit
from auditor.config.loader import load_config
from auditor.model import LogSource
from tests.config.examples import SMALL, refused, write_config

LOGS = """\
oci:
  - name: tenancy
logs:
  cache: cache
  sources:
    - name: organisation
      kind: cloudtrail
      target: production
      bucket: org-logs
      prefix: trails/
      account: '111122223333'
      region: us-east-1
      trail: arn:aws:cloudtrail:us-east-1:111122223333:trail/all
    - {name: copied, kind: cloudtrail, folder: logs, public_keys: keys.json}
    - {name: audit, kind: oci audit, target: tenancy}
geography: {databases: [country.mmdb]}
"""


def test_log_sources_are_read(tmp_path: Path) -> None:
    """Paths start from the file's folder, and an audit keeps none of them."""
    (tmp_path / "logs").mkdir()
    for name in ("keys.json", "country.mmdb"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    found = load_config(write_config(tmp_path, SMALL + LOGS))
    assert [log.name for log in found.logs] == ["organisation", "copied", "audit"]
    assert found.logs[1].folder == str(tmp_path / "logs")
    assert found.log_cache == tmp_path / "cache"
    assert found.country_databases == (tmp_path / "country.mmdb",)
    assert found.targets[0].options["digests"] == "asked"
    kept = new_audit(found, as_of="2026-07-01T00:00:00Z", tool_version="0", id="x").logs
    assert kept[1] == LogSource(name="copied", kind="cloudtrail")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{name: a, kind: cloudtrail}", "either a folder or a target"),
        ("{name: a, kind: cloudtrail, folder: nowhere}", "there is no folder 'nowhere'"),
        ("{name: a, kind: s3 access, target: production}", "lie in a bucket: name it"),
        ("{name: a, kind: cloudtrail, target: prodution, bucket: b}", "no target 'prodution'"),
        ("{name: a, kind: oci objects, target: production, bucket: b}", "below 'oci:'"),
        ("{name: a, kind: cloudtrail lookup, target: production, bucket: b}", "no bucket"),
        ("{name: a, kind: other, target: production}", "not one of the values"),
        (
            "{name: a, kind: cloudtrail, target: production, bucket: b, public_keys: k}",
            "public_keys is for a folder",
        ),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, source: str, message: str) -> None:
    """Each mistake is found before anything is collected."""
    text = f"{SMALL}logs:\n  sources:\n    - {source}\n"
    assert message in "\n".join(map(str, refused(write_config(tmp_path, text))))


def test_names_of_sources_are_unique(tmp_path: Path) -> None:
    """Two sources of one name could not be told apart."""
    one = "    - {name: a, kind: cloudtrail lookup, target: production}\n"
    text = f"{SMALL}logs:\n  sources:\n{one}{one}"
    assert "used twice" in "\n".join(map(str, refused(write_config(tmp_path, text))))
