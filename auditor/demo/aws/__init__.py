"""An embedded AWS estate: moto in this process, with planted breaches and gaps."""

from auditor.demo.aws.estate import PLANTED, aws_estate

__all__ = ["PLANTED", "aws_estate"]
