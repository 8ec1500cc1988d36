"""Writes the demo's folder of packages, and says what each must show.

northstar-34.1.0.apk: nothing is wrong with it; it has the company's signature.

northstar-34.2.0.apk: clear text to ``*.farshore.cn``; trusts authorities that users add; can be
debugged and backed up; asks for contacts; exports a service without a permission; embeds Pangle
(ByteDance, CN) and a library that nobody knows; DexClassLoader, a bridge from pages, and byte code
in its assets; hosts in China; somebody else's certificate.

northstar-34.2.0.ipa: clear text to media.farshore.cn; Pangle, without a privacy manifest; dlopen
and a bridge from pages.

com.northstar.video@34.2.0 journey-1.har: contacts and a device id go to log.farshore.example.cn
(36.110.1.20) without TLS.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.demo.apps.android import breached_apk, sound_apk
from auditor.demo.apps.ios import ipa
from auditor.demo.apps.keys import app_signer
from auditor.demo.apps.recording import NAME, recording

COMPANY, STRANGER, APPLE = "Northstar Video releases", "Farshore Labs", "Northstar distribution"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltPackages:
    """What was written.

    Attributes:
        digests: 'sha256:' and hex of each file, by name: what provenance names.
        pinned: fingerprints of the certificates that releases must be signed by.
        foreign: fingerprint of the certificate that the breached package has.
    """

    digests: Mapping[str, str]
    pinned: tuple[str, ...]
    foreign: str


def build_packages(folder: Path) -> BuiltPackages:
    """Write two Android packages, one of iOS and a recording; the same bytes in every run.

    Args:
        folder: is made if it is missing.
    """
    company, stranger, apple = (app_signer(each) for each in (COMPANY, STRANGER, APPLE))
    files = {
        "northstar-34.1.0.apk": sound_apk(company),
        "northstar-34.2.0.apk": breached_apk(stranger),
        "northstar-34.2.0.ipa": ipa(apple),
        NAME: recording(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    digests = {name: f"sha256:{hashlib.sha256(each).hexdigest()}" for name, each in files.items()}
    return BuiltPackages(
        digests=digests,
        pinned=tuple(sorted((company.fingerprint, apple.fingerprint))),
        foreign=stranger.fingerprint,
    )
