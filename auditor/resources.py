"""Finds the data folders ``policies``, ``reports`` and ``geography``, cloned or installed.

A wheel carries them under ``auditor/_data``; a clone or an editable install has them at its root.
"""

from pathlib import Path

from auditor.errors import AuditorError

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_data", _PACKAGE.parent)


def data_folder(name: str) -> Path:
    """Return the folder ``policies`` or ``reports``, or one below, such as ``reports/fonts``.

    Raises:
        AuditorError: the installation lacks the folder.
    """
    for root in _ROOTS:
        if (root / name).is_dir():
            return root / name
    looked = " and ".join(str(root / name) for root in _ROOTS)
    raise AuditorError(f"the data folder {name} is missing: looked for {looked}. Install again.")
