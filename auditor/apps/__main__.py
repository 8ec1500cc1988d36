"""``python -m auditor.apps FILE``: facts about one package as JSON, in a process with limits.

A package comes from a stranger, and its readers are partly machine code. Here it can use up a
bounded piece of memory and time, and write nowhere: no file that it writes may have any bytes.
What it finds goes to the pipe. Exit code 0 comes with facts, 3 with why there are none.
"""

import json
import resource
import sys
from pathlib import Path

MEMORY = 3 * 2**30  # bytes of address space, of which a mapped package is part
SECONDS = 300  # of processor time
REFUSED = 3


def main(path: str) -> int:
    """Examine one file; returns the exit code."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from auditor.apps.examination import examine  # noqa: PLC0415  under the limits
    from auditor.errors import PackageError  # noqa: PLC0415

    code = REFUSED
    try:
        said, code = examine(Path(path)), 0
    except PackageError as error:
        said = {"refused": str(error)}
    except OSError as error:
        said = {"refused": f"it cannot be read: {error.strerror}"}
    except MemoryError:
        said = {"refused": "reading it takes more memory than is allowed"}
    sys.stdout.write(json.dumps(said))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
