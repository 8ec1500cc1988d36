import json
from pathlib import Path

import jsonschema
import pytest

from auditor.errors import BundleError
from auditor.policy import evaluate, read_results, results_schema, write_results
from auditor.results import Results
from tests.policy.estate import make_audit, make_store, write_facts
from tests.policy.test_evaluation import PACK, make_waiver

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "results.schema.json"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Results with findings of every verdict."""
    stores = [
        make_store(),
        make_store(id="s2", country="DE", name="\u202e<b>"),
        make_store(id="s3", country=None),
        make_store(id="s4", country="CN"),
    ]
    facts = write_facts(tmp_path_factory.mktemp("facts"), {"stores": stores})
    return evaluate(facts, [PACK], make_audit(waivers=[make_waiver(rows=("s4",))]))


def test_results_survive_the_file(results: Results, tmp_path: Path) -> None:
    """What is read is what was written, and writing it again gives the same bytes."""
    write_results(results, tmp_path / "one.json")
    again = read_results(tmp_path / "one.json")
    assert again == results
    write_results(again, tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_results_fit_the_published_schema(results: Results, tmp_path: Path) -> None:
    """And the published schema is the one that the code gives."""
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert schema == results_schema()
    write_results(results, tmp_path / "results.json")
    jsonschema.Draft202012Validator(schema).validate(
        json.loads((tmp_path / "results.json").read_bytes())
    )


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"audit_id": 3}', b"\xff"])
def test_what_is_no_results_is_refused(tmp_path: Path, content: bytes) -> None:
    """With an error of ours that names the file."""
    (tmp_path / "results.json").write_bytes(content)
    with pytest.raises(BundleError, match=r"results\.json"):
        read_results(tmp_path / "results.json")
    with pytest.raises(BundleError, match="cannot be read"):
        read_results(tmp_path / "none.json")
