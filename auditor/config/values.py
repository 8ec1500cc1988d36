"""The kinds of text that settings hold, each with the sentence that refuses anything else."""

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from auditor.documents import quoted
from auditor.model import Json


def _matching(pattern: str, sentence: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(f"{quoted(value)} is not {sentence}")
        return value

    return AfterValidator(check)


def _digits_as_text(value: Json) -> Json:
    """Take an account number that was written without quotes; its leading zeros are kept."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else value


Text = Annotated[str, Field(min_length=1, max_length=2000)]
Name = Annotated[
    str, _matching(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}", "a name of letters, digits, ' ._-'")
]
AwsAccount = Annotated[
    str,
    _matching(r"[0-9]{12}", "an AWS account number: twelve digits"),
    BeforeValidator(_digits_as_text, json_schema_input_type=str | int),
]
Ocid = Annotated[str, _matching(r"ocid1\.[a-z0-9]+\.[a-z0-9.-]*\.[a-z0-9._-]+", "an OCID")]
Account = Annotated[
    str,
    _matching(
        r"[0-9]{12}|ocid1\.tenancy\.[a-z0-9._-]+",
        "an AWS account (twelve digits) or an OCI tenancy (ocid1.tenancy…)",
    ),
    BeforeValidator(_digits_as_text, json_schema_input_type=str | int),
]
Region = Annotated[str, _matching(r"[a-z]{2,}(?:-[a-z0-9]+)+", "a region such as us-east-1")]
RoleArn = Annotated[
    str, _matching(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/.{1,512}", "the ARN of an IAM role")
]
RoleName = Annotated[
    str, _matching(r"[A-Za-z0-9+=,.@_/-]{1,512}", "the name of an IAM role, without its ARN")
]
Url = Annotated[str, _matching(r"https?://[^\s@]{1,2000}", "an http(s) address")]
Variable = Annotated[
    str, _matching(r"[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable")
]


def _country(value: str) -> str:
    if value == "UK":
        raise ValueError("'UK' is not an ISO 3166 country code; the United Kingdom is GB")
    if not re.fullmatch("[A-Z]{2}", value):
        raise ValueError(f"{quoted(value)} is not an ISO 3166 country code such as US")
    return value


check_country: Callable[[str], str] = _country
Country = Annotated[str, AfterValidator(_country)]
