"""An embedded AWS estate: moto in this process, with planted breaches and gaps."""

from auditor.demo.aws.estate import TARGET, aws_estate
from auditor.demo.aws.planted import BOUNDARY, PLANTED

__all__ = ["BOUNDARY", "PLANTED", "TARGET", "aws_estate"]
