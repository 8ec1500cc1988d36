"""Keeps what README.md shows of commands equal to what they print: python -m tests.docs.readme."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.docs.pages import ROOT

README = ROOT / "README.md"
_SECTION = re.compile(r"(?<=^## What it looks like\n).*?(?=^## )", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"(?<=^```console\n)\$ (auditor .*?)\n.*?(?=^```$)", re.MULTILINE | re.DOTALL)
_ID, _SHOWN_ID = re.compile(r"audit-\d{8}T\d{6}Z"), "audit-20261122T010629Z"
_FOLDER = re.compile(r"/\S*/(?=build/demo/)")
_DIGEST = re.compile(r"\b([0-9a-f]{4})[0-9a-f]{60}\b")


def written(text: str, bundle: str, run: Callable[[str], str]) -> str:
    """The README with the output of its commands as ``run`` gives it for a demonstration's bundle.

    Moments, digests and folders differ each time: the bundle keeps the id that the page has, and
    the others are left out.
    """

    def block(found: re.Match[str]) -> str:
        said = run(_ID.sub(bundle, found[1])).strip("\n")
        plain = _DIGEST.sub("…", _FOLDER.sub("", _ID.sub(_SHOWN_ID, said)))
        return f"$ {found[1]}\n{plain}\n"

    return _SECTION.sub(lambda section: _BLOCK.sub(block, section[0]), text)


def main() -> None:
    """Run a demonstration and write the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def run(line: str) -> str:
            words = f"PATH={Path(sys.executable).parent}:$PATH; {line}"
            done = subprocess.run(
                ["bash", "-c", words], cwd=folder, env=os.environ, capture_output=True, check=True
            )
            return done.stdout.decode()

        demo = run("auditor demo")
        (bundle,) = (folder / "build/demo").glob("audit-*")
        text = README.read_text(encoding="utf-8")
        page = written(
            text, bundle.name, lambda line: demo if line == "auditor demo" else run(line)
        )
    README.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
