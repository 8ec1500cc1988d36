"""Files that the demo's apps fetch while they run: what is served, and what was approved."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.demo.planted import Planted, fails, stays_open

# Name -> what is served, and what was built and approved.
_FILES: Mapping[str, tuple[str, str]] = {
    "flags": ('{"new-player": true}\n', '{"new-player": true}\n'),
    "experiments": ('{"rank-by-watch-time": true}\n', '{"rank-by-watch-time": false}\n'),
}
_EXPERIMENTS = "served/*/experiments"
DEPLOYED = "arn:aws:appconfig:*:application/*/environment/*/deployment/{}"  # the same, by AppConfig

PLANTED: tuple[Planted, ...] = (
    *fails(
        "flags are served that nobody built or approved",
        C_02=_EXPERIMENTS, C_06b=_EXPERIMENTS, C_11=_EXPERIMENTS,
    ),
    *fails(
        "AppConfig deployed a configuration that nobody built or approved",
        C_02=DEPLOYED.format(2), C_06b=DEPLOYED.format(2), C_11=DEPLOYED.format(2),
    ),
    *stays_open("whether an app checks what it fetches is not known", C_02b="served/*"),
)  # fmt: skip


def approved_digests() -> Mapping[str, str]:
    """Return 'sha256:' and hex of each file as it was approved, by name."""
    return {
        name: f"sha256:{hashlib.sha256(approved.encode()).hexdigest()}"
        for name, (_, approved) in _FILES.items()
    }


def served_text(name: str) -> str:
    """Return what is served under a name."""
    return _FILES[name][0]


def write_served(folder: Path) -> Iterator[Mapping[str, str]]:
    """Write the files below a folder of inputs, and yield the setting of each."""
    (folder / "served").mkdir(exist_ok=True)
    for name, (served, _) in _FILES.items():
        (folder / "served" / f"{name}.json").write_text(served, encoding="utf-8")
        yield {
            "name": name,
            "kind": "configuration",
            "file": f"served/{name}.json",
            "address": f"https://config.northstar.example.com/{name}.json",
        }
