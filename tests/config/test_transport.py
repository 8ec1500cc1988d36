"""Overrides of where calls go are said, and never with credentials."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.config.transport import describe_transport
from auditor.model import Target


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "AWS_ENDPOINT_URL",
            "http://localhost:5000",
            "AWS_ENDPOINT_URL is set: AWS calls went to http://localhost:5000.",
        ),
        (
            "AWS_ENDPOINT_URL_S3",
            "https://s3.example/x?y",
            "AWS_ENDPOINT_URL_S3 is set: calls to AWS s3 went to https://s3.example.",
        ),
        (
            "HTTPS_PROXY",
            "http://user:secret@proxy:3128",
            "HTTPS_PROXY is set: calls went through http://proxy:3128.",
        ),
        ("https_proxy", "proxy:3128", "https_proxy is set: calls went through proxy:3128."),
        (
            "ALL_PROXY",
            "socks5://[::1]:9",
            "ALL_PROXY is set: calls went through socks5://[::1]:9.",
        ),
        (
            "HTTP_PROXY",
            "http://[bad",
            "HTTP_PROXY is set: calls went through an address that cannot be read.",
        ),
        (
            "REQUESTS_CA_BUNDLE",
            "/x",
            "REQUESTS_CA_BUNDLE is set: "
            "certificates were checked against other authorities than usual.",
        ),
        (
            "OCI_REGION_METADATA",
            "{}",
            "OCI_REGION_METADATA is set: the addresses of Oracle Cloud regions were overridden.",
        ),
        (
            "OCI_METADATA_BASE_URL",
            "http://u:p@h/",
            "OCI_METADATA_BASE_URL is set: credentials came from http://h.",
        ),
    ],
)
def test_each_override_has_a_sentence(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    """One variable, one sentence."""
    assert describe_transport({"HOME": str(tmp_path), name: value}) == (sentence,)


def test_settings_that_say_the_same_share_a_sentence(tmp_path: Path) -> None:
    """Page one has little room."""
    environ = {"HOME": str(tmp_path), "AWS_CA_BUNDLE": "/a", "SSL_CERT_FILE": "/a"}
    environ |= {"HTTPS_PROXY": "http://p:1", "https_proxy": "http://u:s@p:1"}
    assert describe_transport(environ) == (
        "HTTPS_PROXY, https_proxy are set: calls went through http://p:1.",
        "AWS_CA_BUNDLE, SSL_CERT_FILE are set: "
        "certificates were checked against other authorities than usual.",
    )


def test_nothing_is_said_without_overrides(tmp_path: Path) -> None:
    """Ordinary settings are no reason for doubt."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text("[default]\nregion = us-east-1\n")
    environ = {"HOME": str(tmp_path), "AWS_PROFILE": "x", "HTTPS_PROXY": "", "PATH": "/bin"}
    assert describe_transport(environ) == ()


CONFIG = """\
[profile audit]
endpoint_url = http://localhost:1
source_profile = base
services = local
[profile base]
ca_bundle = /x
[profile other]
endpoint_url = http://localhost:2
[services local]
s3 =
  endpoint_url = http://user:secret@localhost:3/path
"""


def test_profiles_that_are_used_are_looked_at(tmp_path: Path) -> None:
    """Profiles and the services sections that they name; other profiles are left alone."""
    (tmp_path / "config").write_text(CONFIG)
    environ = {"HOME": str(tmp_path), "AWS_CONFIG_FILE": str(tmp_path / "config")}
    used = (Target(name="t", provider="aws", options={"profile": "audit"}),)
    assert describe_transport(environ, used) == (
        "The AWS profile 'audit' sends calls to http://localhost:1.",
        "The AWS profile 'audit' sends calls to http://localhost:3.",
        "The AWS profile 'base' checks certificates against its own authorities.",
    )
    assert len(describe_transport(environ)) == 4
    assert describe_transport(environ, (Target(name="t", provider="aws"),)) == ()


def test_oracle_regions_of_ones_own_are_said(tmp_path: Path) -> None:
    """The SDK's file of additional regions changes where calls go."""
    (tmp_path / ".oci").mkdir()
    (tmp_path / ".oci" / "regions-config.json").write_text("[]")
    (sentence,) = describe_transport({"HOME": str(tmp_path)})
    assert "regions-config.json" in sentence


def test_a_broken_profile_file_is_left_to_the_sdk(tmp_path: Path) -> None:
    """Nothing is said of a file that cannot be read; the SDK refuses it."""
    (tmp_path / "config").write_bytes(b"[profile\xff\nno section")
    environ = {"HOME": str(tmp_path), "AWS_CONFIG_FILE": str(tmp_path / "config")}
    assert describe_transport(environ) == ()


@given(st.text(max_size=30), st.text(alphabet="abc:/@?#[]%", min_size=3, max_size=12))
def test_credentials_never_appear(address: str, secret: str) -> None:
    """Whatever the address looks like, a password in it is not repeated."""
    password = f"hunter2{secret}"
    for value in (f"http://user:{password}@{address}", f"user:{password}@{address}"):
        sentences = describe_transport({"HTTPS_PROXY": value, "HOME": "/nonexistent"})
        if "/" not in secret and "?" not in secret and "#" not in secret:
            assert "hunter2" not in " ".join(sentences)
