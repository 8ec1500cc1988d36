"""moto in this process, for every test of the AWS collectors."""

from collections.abc import Iterator

import pytest
from moto import mock_aws


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty AWS."""
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    with mock_aws():
        yield
