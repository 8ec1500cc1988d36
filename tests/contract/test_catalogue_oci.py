"""Every known way in which data rests in Oracle Cloud or leaves it is collected or excused."""

import importlib
from collections.abc import Mapping

import pytest

from tests.contract.oci_catalogue import CATALOGUE, EXCUSED, callers, operation_of

CALLED = callers().keys()
OPERATIONS = sorted({operation_of(entry) for entry in CATALOGUE})


def test_the_catalogue_is_whole() -> None:
    assert len(CATALOGUE) == 186
    assert len({entry["id"] for entry in CATALOGUE}) == 186


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["id"])
def test_every_operation_is_called_or_excused(entry: Mapping[str, str]) -> None:
    """A mechanism that nobody asks about would be silence."""
    assert operation_of(entry) in CALLED | EXCUSED.keys()


def test_no_excuse_outlives_its_reason() -> None:
    """Whoever begins to call an operation takes its excuse away."""
    assert sorted(EXCUSED.keys() & CALLED) == []


def test_every_excuse_is_for_an_operation_of_the_catalogue_and_says_why() -> None:
    assert EXCUSED.keys() <= set(OPERATIONS)
    assert all(len(reason) > 15 and not reason.endswith(".") for reason in EXCUSED.values())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_catalogue_speaks_of_operations_that_exist(operation: str) -> None:
    """A misspelt operation would be excused for ever."""
    module, client, method = operation.split(".")

    assert callable(getattr(getattr(importlib.import_module(f"oci.{module}"), client), method))
