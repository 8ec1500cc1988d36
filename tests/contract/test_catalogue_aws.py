"""Every known way in which data rests in AWS or leaves it is collected, or says why it is not."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from botocore import xform_name
from ruamel.yaml import YAML

from auditor.collect.registry import load_collectors
from tests.contract.aws_answers import BOTOCORE

HERE = Path(__file__).parent
CATALOGUE = YAML(typ="safe").load(HERE / "catalogue_aws.yaml")
EXCUSED: Mapping[str, Mapping[str, str]] = YAML(typ="safe").load(HERE / "excused_aws.yaml") or {}
ALL = "*"
CALLED = {
    (call.service or collector.service, xform_name(call.operation))
    for collector in load_collectors()
    if collector.provider == "aws"
    for call in collector.calls
}


def uncalled(entry: Mapping[str, object]) -> Iterator[str]:
    """The operations of an entry that no collector calls."""
    operations = entry["operations"]
    assert isinstance(operations, list)
    for operation in operations:
        if (entry["client"], operation) not in CALLED:
            yield operation


def test_the_catalogue_is_whole() -> None:
    assert len(CATALOGUE) == 251
    assert len({entry["id"] for entry in CATALOGUE}) == 251


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["id"])
def test_every_operation_is_called_or_excused(entry: Mapping[str, object]) -> None:
    """A mechanism that nobody asks about would be silence."""
    excused = EXCUSED.get(str(entry["id"]), {})

    assert ALL in excused or set(uncalled(entry)) <= excused.keys()


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["id"])
def test_no_excuse_outlives_its_reason(entry: Mapping[str, object]) -> None:
    """Whoever begins to call an operation takes its excuse away."""
    excused = EXCUSED.get(str(entry["id"]), {})
    missing = set(uncalled(entry))

    assert set(excused) <= missing | ({ALL} if missing else set())
    assert all(len(reason) > 15 and not reason.endswith(".") for reason in excused.values())


def test_every_excuse_is_for_an_entry() -> None:
    assert EXCUSED.keys() <= {entry["id"] for entry in CATALOGUE}


def test_the_catalogue_speaks_of_operations_that_exist() -> None:
    """A misspelt operation would be excused for ever."""
    for client in {entry["client"] for entry in CATALOGUE}:
        names = {xform_name(name) for name in BOTOCORE.get_service_model(client).operation_names}
        wanted = {
            operation
            for entry in CATALOGUE
            if entry["client"] == client
            for operation in entry["operations"]
        }
        assert wanted <= names
