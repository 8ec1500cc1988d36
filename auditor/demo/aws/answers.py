"""Short ways to say what the user-data account answers."""

from collections.abc import Mapping

from auditor.demo.aws.accounts import HOME, USER_DATA
from auditor.demo.aws.transport import Rule
from auditor.model import Json


def answered(
    operation: str, answer: Mapping[str, Json], *, region: str = HOME, words: str = ""
) -> Rule:
    """Return the user-data account's answer to one operation in one region."""
    return Rule(operation=operation, answer=answer, account=USER_DATA, region=region, words=words)


def arn_of(service: str, resource: str, region: str = HOME, account: str = USER_DATA) -> str:
    """Return the ARN of something that is planted."""
    return f"arn:aws:{service}:{region}:{account}:{resource}"
