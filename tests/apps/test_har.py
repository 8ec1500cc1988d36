"""Recordings: names only, never values."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.apps.har import read_recording
from auditor.errors import PackageError


def recorded(path: Path, *entries: Any, name: str = "a.har", **log: Any) -> dict[str, Any]:
    """Read a recording of some entries."""
    file = path / name
    file.write_text(json.dumps({"log": {"entries": list(entries), **log}}))
    return read_recording(file)


def entry(url: str, **request: Any) -> dict[str, Any]:
    """Return one entry."""
    return {"request": {"method": "POST", "url": url, **request}}


def test_names_of_fields_in_every_form(tmp_path: Path) -> None:
    """Queries, forms and JSON; no value, path or header gets out."""
    secret = "hunter2"
    said = recorded(
        tmp_path,
        entry(
            f"https://a.example.com/{secret}?q={secret}&empty",
            headers=[{"name": "Authorization", "value": secret}],
            postData={
                "mimeType": "application/x-www-form-urlencoded",
                "text": f"user=1&pass={secret}",
                "params": [{"name": "user", "value": secret}],
            },
        ),
        entry(
            "https://a.example.com/",
            postData={"mimeType": "text/plain", "text": json.dumps([{"deep": {"er": secret}}])},
        ),
    )

    assert said["hosts"][0]["fields"] == ["deep", "empty", "er", "pass", "q", "user"]
    assert secret not in json.dumps(said)


def test_names_that_may_be_data_are_counted(tmp_path: Path) -> None:
    """Objects that are keyed by somebody's number or address."""
    text = json.dumps({"ada@example.com": 1, "4155550100": 2, "0a1b2c3d4e5f6a7b": 3, "ok": 4})
    said = recorded(
        tmp_path,
        entry("https://a.example.com", postData={"mimeType": "application/json", "text": text}),
    )

    assert said["hosts"][0]["fields"] == ["ok"]
    assert said["hosts"][0]["fields_left_out"] == 3


@pytest.mark.parametrize(
    ("name", "comment", "expected"),
    [
        ("com.a@1.2.har", None, ("com.a", "1.2")),
        ("com.a@1.2 second day.har", None, ("com.a", "1.2")),
        ("session.har", "com.b@3", ("com.b", "3")),
        ("session.har", None, (None, None)),
    ],
    ids=["name", "name and more", "comment", "nothing"],
)
def test_which_app_it_is_of(
    tmp_path: Path, name: str, comment: str | None, expected: tuple[str | None, str | None]
) -> None:
    """By the file's name, else by the recording's comment."""
    said = recorded(tmp_path, name=name, comment=comment)

    assert (said["application"], said["version"]) == expected


def test_bytes_and_addresses(tmp_path: Path) -> None:
    """Sums per host; what one request does not say, nobody knows."""
    said = recorded(
        tmp_path,
        {
            **entry("http://a.example.com", headersSize=10, bodySize=5),
            "serverIPAddress": "[2001:db8::1]",
        },
        entry("https://a.example.com", headersSize=1, bodySize=1),
        entry("https://b.example.com", headersSize=-1, bodySize=5),
    )
    first, second = said["hosts"]

    assert (first["bytes"], first["addresses"], first["clear"]) == (17, ["2001:db8::1"], True)
    assert second["bytes"] is None


def test_what_cannot_be_read_is_counted(tmp_path: Path) -> None:
    """A request without an address, and one to the phone itself."""
    said = recorded(tmp_path, {}, entry("not an address"), entry("http://127.0.0.1/"))

    assert (said["entries"], said["unread"], said["hosts"]) == (3, 2, [])


@pytest.mark.parametrize("text", ["", "[]", '{"log": {}}', '{"log": {"entries": 3}}', "[" * 9999])
def test_what_is_no_recording_is_refused(tmp_path: Path, text: str) -> None:
    """With our own error."""
    (tmp_path / "a.har").write_text(text)
    with pytest.raises(PackageError):
        read_recording(tmp_path / "a.har")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["request", "x"]), _JSON), max_size=4), st.text())
def test_odd_recordings(tmp_path: Path, entries: list[Any], url: str) -> None:
    """Members of any type, addresses of any form."""
    said = recorded(tmp_path, *entries, entry(url, postData={"text": url, "params": entries}))

    assert said["entries"] == len(entries) + 1
