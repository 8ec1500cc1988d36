"""The program that ``pdf`` runs in a process of its own: sets one folder's report with Typst.

    python -I typesetter.py FOLDER BYTES

It imports nothing of ours, so that it starts fast and cannot reach what it is not given.
"""

import json
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst


def main() -> None:
    """Read ``report.typ`` and ``report.json`` in the folder, write ``report.pdf``."""
    folder, memory = Path(sys.argv[1]), int(sys.argv[2])
    if sys.platform == "linux":  # elsewhere the kernel does not hold a process to it
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    data = (folder / "report.json").read_text(encoding="utf-8")
    try:
        made = _compiled(folder, data)
    except typst.TypstError as error:
        sys.exit(f"{error.diagnostic or error}")
    (folder / "report.pdf").write_bytes(made)


def _compiled(folder: Path, data: str) -> bytes:
    stamp = json.loads(data)["stamp"]
    made: bytes = typst.compile(
        str(folder / "report.typ"),
        root=str(folder),
        font_paths=[str(folder / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"report": data},
        pdf_standards=["a-3a", "ua-1"],
        package_path=str(folder / "no-packages"),
        package_cache_path=str(folder / "no-packages"),
        timestamp=datetime(**stamp, tzinfo=UTC),
    )
    return made


if __name__ == "__main__":
    main()
