"""A token for every door of these tests."""

import pytest


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_nobody")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
