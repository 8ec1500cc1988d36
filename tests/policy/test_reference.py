import json
from pathlib import Path

import jsonschema
import pytest

from auditor.documents import read_document
from auditor.policy import Control, explain, manifest_schema, pack_schema, policy_reference
from tests.policy.test_evaluation import PACK

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_is_current() -> None:
    """If this fails, ``write_reference`` writes it anew."""
    assert (DOCS / "policy-reference.md").read_text(encoding="utf-8") == policy_reference()


@pytest.mark.parametrize("name", ["controls", "pack"])
def test_the_published_schemas_are_current(name: str) -> None:
    """If this fails, ``write_reference`` writes it anew."""
    published = json.loads((DOCS / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert published == {"controls": pack_schema, "pack": manifest_schema}[name]()


def test_the_schemas_accept_our_own_files() -> None:
    """An editor that uses them shows no fault in the pack that we ship."""
    for path in sorted((PACK.folder / "controls").glob("*.yaml")):
        jsonschema.Draft202012Validator(pack_schema()).validate(read_document(path).value)
    manifest = read_document(PACK.folder / "pack.yaml").value
    jsonschema.Draft202012Validator(manifest_schema()).validate(manifest)


@pytest.mark.parametrize("control", PACK.controls, ids=lambda control: control.id)
def test_a_control_is_explained(control: Control) -> None:
    """With its sentences, its checks, its terms and its parameters."""
    text = explain(PACK, control)
    assert all(must.says in text and must.check.text in text for must in control.must)
    for name in {name for written in control.expressions for name in written.parameters}:
        assert f"${name} is " in text
