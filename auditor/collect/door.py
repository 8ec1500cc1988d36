"""The only door to a provider, and what a collection reports while it runs."""

from typing import Protocol

from auditor.model import Answer, Request


class Door(Protocol):
    """Asks one provider with one target's credentials. Safe to use from several threads."""

    def ask(self, request: Request) -> Answer:
        """Make one read-only call for one page; wait out throttling within reason.

        A refusal, a failure of the network or an unknown service is an Answer, never an
        exception; its ``code`` is the provider's own, so that the engine can tell which codes
        mean "not configured".
        """

    def close(self) -> None:
        """Let go of connections."""


class Progress(Protocol):
    """Is told how a collection goes, once for each answer."""

    def update(self, *, done: int, waiting: int, throttled: int, refused: int) -> None:
        """Take the counts so far: answers, known requests to come, throttles, refusals."""


class Silence:
    """A Progress that shows nothing."""

    def update(self, *, done: int, waiting: int, throttled: int, refused: int) -> None:
        """Show nothing."""
