"""A collection from a folder of provenance: what is refused is a gap that says why."""

import json
from pathlib import Path

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.provenance.client import ProvenanceDoor
from auditor.collect.registry import load_collectors
from auditor.model import Target
from auditor.tables import Row
from auditor.walk import Unit, Walk
from tests.collect.oci.simulated import NOW, Kept
from tests.provenance.signing import cyclonedx, dsse, provenance, root_of

COLLECTORS = [each for each in load_collectors() if each.provider == "provenance"]


def collected(folder: Path, **more: str) -> tuple[list[Row], list[Unit]]:
    """Collect from a folder with one key, and more options, and replay."""
    (folder / "release.key").write_text(str(root_of().content))
    options = {
        "folder": str(folder),
        "key release": str(folder / "release.key"),
        "sigstore gone": str(folder / "gone"),
        **more,
    }
    keeper, target = Kept(), Target(name="records", provider="provenance", options=options)
    door = ProvenanceDoor(target)
    collect([target], COLLECTORS, {"records": door}, keeper, now=lambda: NOW, progress=Silence())
    walk = Walk([target], COLLECTORS)
    walk.start()
    rows: list[Row] = []
    units: list[Unit] = []
    for index, record in enumerate(keeper.records):
        revealed = walk.answer(record.request, record.answer, index)
        for unit, found in revealed.found:
            rows += unit.collector.rows(found)
        units += revealed.finished
    return rows, units


def test_a_broken_file_hides_nothing_but_itself(tmp_path: Path) -> None:
    """And its name and fault are in the coverage."""
    (tmp_path / "app.intoto.jsonl").write_text(dsse(provenance()))
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "sbom.json").write_text(json.dumps(cyclonedx()))
    rows, units = collected(tmp_path)
    assert sorted(row.table for row in rows) == [
        *("attestations", "components", "components", "trust_roots")
    ]
    issues = [issue for unit in units for issue in unit.issues]
    assert len(issues) == 2
    assert any("broken.json" in reason and "no JSON" in reason for _, reason, _ in issues)
    assert any("gone" in reason for _, reason, _ in issues)


def test_an_empty_folder_has_no_gap(tmp_path: Path) -> None:
    """Nothing vouches for anything, and that is known."""
    _, units = collected(tmp_path)
    assert [unit.collector.kind for unit in units if not unit.issues] == ["provenance.records.file"]
