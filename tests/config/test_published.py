"""The published schema and the starting file say what the loader takes."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from auditor.config import loader, published
from auditor.config.register import RegisterFile
from auditor.config.schema import AuditFile
from auditor.documents import parse_document, read_document, validate
from tests.config.examples import write_config

ROOT = Path(__file__).parents[2]
START = Path(published.__file__).with_name("start.yaml")


def test_the_published_schema_is_current() -> None:
    """Run python -m auditor.config.published when the settings change."""
    path = ROOT / "docs" / "schema" / "audit.schema.json"
    assert path.read_text(encoding="utf-8") == published.published_schema()


def test_the_schema_takes_and_refuses_what_the_loader_does(tmp_path: Path) -> None:
    """An editor that uses the schema agrees with the loader."""
    schema = json.loads(published.published_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    good = read_document(write_config(tmp_path)).value
    jsonschema.validate(good, schema)
    jsonschema.validate(read_document(START).value, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, "compny": "x"}, schema)


def test_every_setting_of_the_starting_file_loads(tmp_path: Path) -> None:
    """What 'auditor init' writes is a configuration as it stands."""
    found = loader.load_config(write_config(tmp_path, START.read_text(encoding="utf-8")))
    assert found.targets[0].name == "production"
    assert found.signing.ephemeral


def test_what_the_starting_file_only_mentions_is_right_too() -> None:
    """Uncommented, every setting fits, but for the two that exclude another."""
    lines = []
    for line in START.read_text(encoding="utf-8").splitlines():
        while match := re.match(r"( *)# ( *(?:# )?(?:- )?[a-z_]+:.*)", line):
            line = match[1] + match[2]
        if "ephemeral:" not in line and "instance_principal:" not in line:
            lines.append(line)
    found = validate(parse_document("\n".join(lines), "start.yaml"), AuditFile)
    assert found.oci[0].compartments
    assert found.statements.signers
    assert found.signing.tsa_url
    assert found.policies[0].parameters
    assert found.as_of
    assert found.logs
    assert [one.bucket or one.folder for one in found.logs.sources] == [
        "org-audit-logs",
        "logs/aws",
    ]
    assert found.geography.databases


def test_the_entry_of_a_register_that_the_starting_file_shows_is_right() -> None:
    """What its comment shows of the register is a register."""
    text = START.read_text(encoding="utf-8")
    found = re.search(r"^#   - (\{id:.*\n#.*\})$", text, flags=re.MULTILINE)
    assert found
    entry = found[1].replace("\n#", "\n")
    document = parse_document(f"register: [{entry}]\n", "register.yaml")
    (only,) = validate(document, RegisterFile).register_
    assert only.kind == "access"
