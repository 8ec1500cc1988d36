"""The far end of botocore's real clients: answers in the services' own wire formats, and counts."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.session import Session

from auditor.demo.aws.transport import listening
from auditor.demo.aws.wire import respond, service_of

Wire = tuple[int, dict[str, str], str]
ACCOUNT = "111122223333"


class FarEnd:
    """Answers every call, and counts what came, what it took to answer, and the clients made.

    What the far end spends is no cost of collecting.
    """

    def __init__(self, answer: Callable[[str, str, AWSPreparedRequest], Wire]) -> None:
        """Take what answers (service, operation, request)."""
        self._answer = answer
        self._lock = Lock()
        self.seconds = 0.0
        self.calls: Counter[str] = Counter()
        self.same: Counter[tuple[str, str, str]] = Counter()
        self.clients: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Answer the clients that are made while the context is open."""
        create = Session.create_client

        def count(session: Session, service: str, region: str, **more: Any) -> Any:
            self.clients[service, region] += 1
            return create(session, service, region, **more)

        Session.create_client = count
        keys = {"AWS_ACCESS_KEY_ID": "benchmark", "AWS_SECRET_ACCESS_KEY": "benchmark"}
        try:
            with patch.dict(os.environ, keys), listening(self._respond):
                yield
        finally:
            Session.create_client = create

    def _respond(self, event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        start = time.thread_time()
        service, operation = service_of(event_name.removeprefix("before-send."))
        wire = self._answer(service, operation, request)
        response = respond(request, *wire)
        body = request.body or b""
        with self._lock:
            self.calls[f"{service}.{operation}"] += 1
            self.same[f"{service}.{operation}", request.url, str(body)] += 1
            self.seconds += time.thread_time() - start
        return response
