"""Credentials: the target's own, and roles that are entered with them, one from another.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import Any

from botocore.credentials import Credentials, DeferredRefreshableCredentials
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from auditor.collect.aws.outcomes import answer_of
from auditor.collect.aws.sdk.clients import Clients
from auditor.model import Answer, Outcome


class Access:
    """One set of credentials, taken when it is first needed and renewed by botocore in time.

    Attributes:
        generation: grows each time that the credentials are replaced.
    """

    def __init__(self, load: Callable[[], Credentials | None], parent: "Access | None") -> None:
        """Take what loads the credentials, and whose credentials that needs."""
        self.generation = 0
        self._load = load
        self._parent = parent
        self._lock = Lock()
        self._credentials: Credentials | None = None
        self._untried = parent is not None
        self._refusal: Answer | None = None

    @property
    def credentials(self) -> Credentials | None:
        """What to sign with; None if there is nothing."""
        if self._credentials is None:
            with self._lock:
                if self._credentials is None:
                    self._credentials = self._load()
        return self._credentials

    @property
    def chain(self) -> "Iterator[Access]":
        """The access itself, and those that it was entered from."""
        holder: Access | None = self
        while holder is not None:
            yield holder
            holder = holder._parent

    def refusal(self) -> Answer | None:
        """Return the answer to every call if the role may not be assumed: it is asked once.

        Raises:
            BotoCoreError, ClientError: the role could not be assumed this time.
        """
        if self._untried:
            credentials = self.credentials
            with self._lock:
                self._try(credentials)
        return self._refusal

    def renew(self, generation: int) -> bool:
        """Replace credentials that were refused as expired; whether there are others now.

        Args:
            generation: of the credentials that were refused.
        """
        with self._lock:
            if self.generation != generation:
                return True  # another thread was quicker
            before, after = self._credentials, self._load()
            if self._parent is None and _same(before, after):
                return False
            self._credentials = after
            self.generation += 1
            return True

    def secrets(self) -> tuple[str | None, ...]:
        """Return what must not get into a message."""
        if self._untried or self._refusal is not None or self._credentials is None:
            return ()
        try:
            return self._credentials.secret_key, self._credentials.token
        except (BotoCoreError, ClientError):
            return ()  # they could not be renewed, which is what the message is about

    def _try(self, credentials: Credentials | None) -> None:
        if not self._untried or credentials is None:
            return
        try:
            credentials.get_frozen_credentials()
        except ClientError as error:
            answer = answer_of(error.response, error.operation_name)
            if answer.outcome is not Outcome.DENIED:
                raise
            self._refusal = answer
        self._untried = False


def own_access(session: Session) -> Access:
    """Return access with what botocore's ordinary chain finds, read anew when it is renewed."""
    return Access(lambda: _found(session), None)


def role_access(
    parent: Access, clients: Clients, home: str, role_arn: str, extra: Mapping[str, str]
) -> Access:
    """Return access with a role that another access may assume."""

    def fetch() -> dict[str, Any]:
        with clients.lent.lend(parent.credentials):
            client = clients.get("sts", home)
            given = client.assume_role(RoleArn=role_arn, **extra)["Credentials"]
        return {
            "access_key": given["AccessKeyId"],
            "secret_key": given["SecretAccessKey"],
            "token": given["SessionToken"],
            "expiry_time": given["Expiration"],
        }

    return Access(lambda: DeferredRefreshableCredentials(fetch, "assume-role"), parent)


def _found(session: Session) -> Credentials | None:
    return session.get_component("credential_provider").load_credentials()


def _same(before: Credentials | None, after: Credentials | None) -> bool:
    if before is None or after is None:
        return before is after
    return bool(before.get_frozen_credentials() == after.get_frozen_credentials())
