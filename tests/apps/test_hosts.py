"""Hosts in bytes: what counts, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.apps.hosts import OVERLAP, Hosts, normal_host


def found(data: bytes, *, names: bool = True) -> dict[str, bool | None]:
    """Return the hosts in some bytes, and whether they are named without TLS."""
    hosts = Hosts()
    hosts.search(data, "file", names=names)
    return {host: clear for (host, _), clear in hosts.found.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'"https://user:pw@api.Example.com:8443/x"', {"api.example.com": False}),
        (b"\0wss://rt.example.cn\0", {"rt.example.cn": False}),
        (b"xhttp://a.example.org", {"a.example.org": True}),
        (b"mqtt://broker.example.org:1883", {"broker.example.org": True}),
        (b"https://%s.cdn.example.com/", {"*.cdn.example.com": False}),
        (b"https://${region}.example.com/", {"*.example.com": False}),
        (b"https://${host}/", {}),
        (b"https://[2001:db8::1]:443/", {"2001:db8::1": False}),
        (b"http://203.0.113.9/x", {"203.0.113.9": True}),
        (b"http://xn--fiqs8s.xn--fiqz9s/", {"xn--fiqs8s.xn--fiqz9s": True}),
        (b"https://example.com./", {"example.com": False}),
        (
            b"https://a.example.com:" + b"p" * 80 + b"@b.farshore.cn/",
            {"a.example.com": False, "b.farshore.cn": False},
        ),
        (
            b"https://a.example.com;x@b.farshore.cn",
            {"a.example.com": False, "b.farshore.cn": False},
        ),
        (
            b"https://a.example.com\\@b.farshore.cn",
            {"a.example.com": False, "b.farshore.cn": False},
        ),
        ("https://пример.рф/".encode(), {"xn--e1afmkfd.xn--p1ai": False}),
        (
            "https://a.example.com\u3002farshore.cn/".encode(),
            {"a.example.com": False, "a.example.com.farshore.cn": False},
        ),
        ("见http://a.example.com\u3002谢谢".encode(), {"a.example.com": True}),
        (
            b"http://3232235777/ http://0x7f.1/ http://0xcb007109",
            {"192.168.1.1": True, "203.0.113.9": True},
        ),
        (b"http://0313.0.113.9:80/", {"203.0.113.9": True}),
        (b"http://1 http://256.1.1.1 http://08.1.1.1 http://1.2.3.4.5", {}),
        (
            b"https://a.example.com%s https://b.example.com{path}",
            {"a.example.com": False, "b.example.com": False},
        ),
        (b"https://push%2efarshore.cn/", {"push.farshore.cn": False}),
        (b"myapp://home.page content://media.files file:///a.b", {}),
        (b"http://localhost:8080 http://127.0.0.1/ http://10.0.2.2/", {}),
        (b"\0push.farshore.cn\0", {"push.farshore.cn": None}),
        (b'"mail.example.co.uk"', {"mail.example.co.uk": None}),
        (b"\x00120.53.1.9\0", {"120.53.1.9": None}),
        (b"\0com.example.net\0cn.jpush.im\0libz.so\0user.id\x004.12.0.1\0", {}),
        (b"h\0t\0t\0p\0:\0/\0/\0w\0.\0a\0b\0.\0c\0n\0", {"w.ab.cn": True}),
    ],
    ids=lambda value: repr(value)[:30] if isinstance(value, bytes) else "",
)
def test_what_counts(text: bytes, expected: dict[str, bool | None]) -> None:
    """Schemes of the network, and whole strings that can be nothing else."""
    assert found(text) == expected


def test_pictures_are_searched_for_addresses_only() -> None:
    """Noise looks like names."""
    assert found(b"\0a.example.com\0https://b.example.com/", names=False) == {
        "b.example.com": False
    }


def test_vocabularies_are_kept_aside() -> None:
    """Nobody asks them."""
    hosts = Hosts()
    hosts.search(b"http://www.w3.org/1999/xhtml http://schemas.android.com/apk/res", "file")

    assert hosts.found == {}
    assert hosts.aside == {"www.w3.org", "schemas.android.com"}


def test_once_without_tls_is_enough() -> None:
    """Of several mentions in one file the worst counts; a scheme beats none."""
    assert found(b"https://a.example.com http://a.example.com") == {"a.example.com": True}
    assert found(b'"a.example.com" https://a.example.com') == {"a.example.com": False}


@given(st.integers(1, OVERLAP), st.integers(0, 60))
def test_hosts_between_two_parts_are_found(before: int, cut: int) -> None:
    """Files are read in parts, and a host may lie across two."""
    text = b"\0" * before + b"https://api.example.com/v1/feed " + b"\0" * 40
    hosts = Hosts()
    hosts.search_parts([text[: before + cut], text[before + cut :]], "file")

    assert {host for host, _ in hosts.found} >= {"api.example.com"}


@given(st.binary(max_size=300))
def test_noise_breaks_nothing(data: bytes) -> None:
    """Whatever is found is a host."""
    assert all(normal_host(host) == host for host in found(data) if not host.startswith("*."))


def test_too_many_hosts_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left out is said."""
    monkeypatch.setattr("auditor.apps.hosts.MOST_FINDS", 2)
    hosts = Hosts()
    hosts.search(b"https://a.example.com https://b.example.com https://c.example.com", "file")

    assert len(hosts.found) == 2
    assert hosts.full is True
