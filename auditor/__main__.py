"""Lets ``python -m auditor`` do what ``auditor`` does."""

import sys

from auditor.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
