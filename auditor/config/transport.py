"""Says why answers may not have come from the providers' own endpoints.

Overrides are honoured, never refused: page one of the report repeats these sentences. They are
signs, not proof: their absence does not show that nothing stood in between.
"""

import configparser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from auditor.documents.hints import quoted
from auditor.model import Target

_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
_BUNDLES = (
    "AWS_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
# Names from the OCI Python SDK: oci/regions.py and oci/auth/signers.
_OCI_REGIONS = ("OCI_REGION_METADATA", "OCI_DEFAULT_REALM")
_OCI_ADDRESSES = (
    "OCI_METADATA_BASE_URL",
    "OCI_RESOURCE_PRINCIPAL_RPT_ENDPOINT",
    "OCI_RESOURCE_PRINCIPAL_RPST_ENDPOINT",
)
_AWS_ADDRESSES = ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_CONTAINER_CREDENTIALS_FULL_URI")


def describe_transport(
    environ: Mapping[str, str], targets: Sequence[Target] = ()
) -> tuple[str, ...]:
    """Return a sentence for each override in the environment or the SDKs' own files.

    Credentials in addresses are left out.

    Args:
        environ: environment variables; HOME says where the SDKs' files are.
        targets: only profiles that these use are looked at; all if there are none.
    """
    home = Path(environ.get("HOME", ""))
    return (
        *_addresses(environ),
        *_proxies(environ),
        *_authorities(environ),
        *_aws_profiles(environ, home, targets),
        *_oci_regions(environ, home),
    )


def _addresses(environ: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(environ):
        if not environ[name]:
            continue
        if name == "AWS_ENDPOINT_URL":
            yield f"{name} is set: AWS calls went to {_shown(environ[name])}."
        elif name.startswith("AWS_ENDPOINT_URL_"):
            service = name.removeprefix("AWS_ENDPOINT_URL_").lower().replace("_", "-")
            yield f"{name} is set: calls to AWS {service} went to {_shown(environ[name])}."
        elif name in (*_AWS_ADDRESSES, *_OCI_ADDRESSES):
            yield f"{name} is set: credentials came from {_shown(environ[name])}."


def _proxies(environ: Mapping[str, str]) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for name in _PROXIES:
        for spelling in (name, name.lower()):
            if environ.get(spelling):
                names.setdefault(_shown(environ[spelling]), []).append(spelling)
    for address, spellings in names.items():
        yield f"{_are_set(spellings)}: calls went through {address}."


def _authorities(environ: Mapping[str, str]) -> Iterator[str]:
    names = [name for name in _BUNDLES if environ.get(name)]
    if names:
        yield f"{_are_set(names)}: certificates were checked against other authorities than usual."


def _are_set(names: Sequence[str]) -> str:
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} set"


def _aws_profiles(
    environ: Mapping[str, str], home: Path, targets: Sequence[Target]
) -> Iterator[str]:
    config = Path(environ.get("AWS_CONFIG_FILE") or home / ".aws" / "config")
    shared = Path(environ.get("AWS_SHARED_CREDENTIALS_FILE") or home / ".aws" / "credentials")
    sections = _sections(config)
    sections.update(
        {f"profile {name}": {**sections.get(f"profile {name}", {}), **values}
         for name, values in _sections(shared).items()}
    )  # fmt: skip
    for name in sorted(sections):
        kind, _, title = name.rpartition(" ")
        if kind == "services" or not _used(title, sections, environ, targets):
            continue
        values = sections[name]
        services = sections.get(f"services {values.get('services', '')}", {})
        profile = f"The AWS profile {quoted(title)}"
        for setting, value in (*values.items(), *services.items()):
            if setting.endswith("endpoint_url"):
                yield f"{profile} sends calls to {_shown(value)}."
            elif setting == "ca_bundle":
                yield f"{profile} checks certificates against its own authorities."


def _used(
    title: str,
    sections: Mapping[str, Mapping[str, str]],
    environ: Mapping[str, str],
    targets: Sequence[Target],
) -> bool:
    if not targets:
        return True
    usual = environ.get("AWS_PROFILE") or "default"
    names = {t.options.get("profile", usual) for t in targets if t.provider == "aws"}
    for name in sorted(names):
        for section in (name, f"profile {name}"):
            names.add(sections.get(section, {}).get("source_profile", name))
    return title in names


def _sections(path: Path) -> dict[str, dict[str, str]]:
    """Read one of the AWS SDK's INI files; settings below a service are 'endpoint_url' too."""
    parser = configparser.RawConfigParser(strict=False, default_section="")
    try:
        parser.read(path, encoding="utf-8")
    except (OSError, ValueError, configparser.Error):  # the SDK itself will refuse it
        return {}
    found: dict[str, dict[str, str]] = {}
    for section in parser.sections():
        values: dict[str, str] = {}
        for name, value in parser.items(section):
            for number, line in enumerate((value or "").splitlines()):
                inner, separator, rest = line.partition("=")
                if separator and number and inner.strip() == "endpoint_url":
                    values[f"{name}.endpoint_url"] = rest.strip()
            values[name] = value or ""
        found[section] = values
    return found


def _oci_regions(environ: Mapping[str, str], home: Path) -> Iterator[str]:
    for name in _OCI_REGIONS:
        if environ.get(name):
            yield f"{name} is set: the addresses of Oracle Cloud regions were overridden."
    if (home / ".oci" / "regions-config.json").is_file():
        yield "~/.oci/regions-config.json adds addresses of Oracle Cloud regions."


def _shown(address: str) -> str:
    """Return scheme, host and port of an address; a user, password, path or query is left out."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        return "an address that cannot be read"
    if not host:
        return "an address that cannot be read"
    scheme = f"{parts.scheme}://" if parts.scheme else ""
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}{name}:{port}" if port else f"{scheme}{name}"
