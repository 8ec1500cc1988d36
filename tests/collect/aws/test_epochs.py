"""Moments that AWS states as counts."""

import pytest

from auditor.collect.aws.epochs import moment_of
from auditor.model import Json, Unknown


@pytest.mark.parametrize(("value", "unit"), [("1600000000", 1), (1_600_000_000_123, 1000)])
def test_a_count_is_a_moment(value: Json, unit: int) -> None:
    assert moment_of(value, unit) == "2020-09-13T12:26:40Z"


@pytest.mark.parametrize("value", ["", "soon", True, None, 10**30, -(10**30), [], Unknown("why")])
def test_anything_else_is_unknown(value: Json) -> None:
    assert isinstance(moment_of(value, 1), Unknown)
