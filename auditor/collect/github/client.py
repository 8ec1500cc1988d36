"""The door to GitHub: signs in, keeps to the limits, sorts errors, for every collector.

githubkit does the work (tokens, Apps, connections, telling the limits apart). What is done
differently, and why:

- answers stay as they came, because its models drop what they do not know;
- nothing is cached, because an audit wants what is there now;
- every request is looked at before it leaves: only reads, our own queries and the exchange of an
  App's key for a token pass, and none leaves for another host.
"""

import contextvars
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from githubkit import AppInstallationAuthStrategy, GitHub, TokenAuthStrategy
from githubkit.exception import (
    GitHubException,
    RateLimitExceeded,
    RequestError,
    RequestFailed,
)

from auditor.collect.github import outcomes
from auditor.collect.github.addresses import filled, graph_address, in_the_clear, rest_address
from auditor.collect.github.queries import DOCUMENTS
from auditor.collect.github.reads import Reads, is_read
from auditor.errors import CollectionError
from auditor.model import Answer, Json, Outcome, Request, Target

ATTEMPTS = 6
PATIENCE = 7_300.0  # seconds that one call may wait: an hourly allowance runs out twice
_TIMEOUT = 60.0
_VERSION = {"X-GitHub-Api-Version": "2022-11-28"}
_UNAUTHORIZED, _FORBIDDEN, _BAD = 401, 403, 500
_DEFAULT_WAIT = 60.0  # seconds, where GitHub does not say how long
_SHORTEST_PAGE = 2


class GithubDoor:
    """Asks GitHub with one target's credentials. Safe to use from several threads.

    The target's options: ``organization``, ``host`` (address of an Enterprise Server),
    ``token_env``, or ``app``, ``installation`` and ``key`` (PEM file of the App).
    """

    def __init__(
        self,
        target: Target,
        *,
        attempts: int = ATTEMPTS,
        patience: float = PATIENCE,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take a target; nothing is asked before the first request.

        Raises:
            CollectionError: there is no token, the App's key cannot be read, or what signs us in
                would leave in the clear.
        """
        host = target.options.get("host")
        if host and in_the_clear(host):
            raise CollectionError(
                f"target {target.name}: {host} would send the token in the clear; write https://"
            )
        self._target = target
        self._attempts, self._patience, self._wait = attempts, patience, wait
        self._graph = graph_address(host)
        reads = Reads(rest_address(host), self._graph)
        self._github = GitHub(
            _sign_in(target),
            base_url=rest_address(host),
            http_cache=False,
            auto_retry=False,
            timeout=_TIMEOUT,
            user_agent="auditor",
            event_hooks={"request": [reads.check]},
        )
        self._own = threading.local()
        self._lock = threading.Lock()
        self._contexts: list[contextvars.Context] = []
        self._answered = False

    def ask(self, request: Request) -> Answer:
        """Make one read-only call for one page; wait out the limits within reason.

        A call for an organisation that names none asks for the target's.

        Raises:
            ValueError: the operation is none that reads; a mistake in a collector.
            CollectionError: the target's credentials have expired for good.
        """
        if not is_read(request.service, request.operation):
            raise ValueError(f"{request.operation} is no read")
        answer = _Asking(self, request).answer()
        if answer.code == str(_UNAUTHORIZED) and self._answered:
            raise CollectionError(
                f"target {self._target.name}: GitHub no longer takes the credentials; what was "
                "collected is kept: renew them, then go on with the same bundle"
            )
        self._answered = self._answered or answer.outcome is Outcome.OK
        return answer

    def close(self) -> None:
        """Let go of connections."""
        with self._lock:
            contexts, self._contexts = self._contexts, []
        self._own = threading.local()
        for context in contexts:
            context.run(self._github.__exit__, None, None, None)

    def send(self, request: Request, first: int | None) -> httpx.Response:
        """Send one request as it stands, with pages of ``first`` items where that is given.

        Parameters of the REST API that are empty are left out.

        Raises:
            GitHubException: GitHub refused, or did not answer.
        """
        parameters = dict(request.parameters)
        if request.service == "graphql":
            if request.token is not None:
                parameters["after"] = request.token
            if first is not None:
                parameters["first"] = first
            body = {"query": DOCUMENTS[request.operation].text, "variables": parameters}
            return self._send("POST", self._graph, json=body)
        parameters.setdefault("org", self._target.options["organization"])
        path = request.operation.removeprefix("GET ")
        if "{org}" not in path:
            del parameters["org"]
        url, query = filled(path, parameters)
        given = {name: value for name, value in query.items() if value != ""}
        return self._send("GET", f"/{url}", params=request.token or given)

    def rest(self, seconds: float) -> None:
        """Wait."""
        self._wait(seconds)

    @property
    def attempts(self) -> int:
        """How often one call is tried at most."""
        return self._attempts

    @property
    def patience(self) -> float:
        """Seconds that one call may wait."""
        return self._patience

    def _send(self, method: str, url: str, **content: Any) -> httpx.Response:
        # githubkit keeps one connection for each context that has entered it.
        if not hasattr(self._own, "context"):
            self._own.context = contextvars.copy_context()
            self._own.context.run(self._github.__enter__)
            with self._lock:
                self._contexts.append(self._own.context)
        send = self._github.request
        response = self._own.context.run(send, method, url, headers=_VERSION, **content)
        raw: httpx.Response = response.raw_response
        return raw


class _Asking:
    """One call, through throttling and failures, until there is an answer."""

    def __init__(self, door: GithubDoor, request: Request) -> None:
        self._door = door
        self._request = request
        self._waited = 0.0
        self._throttled = 0
        self._first: int | None = None

    def answer(self) -> Answer:
        """Return the answer, whatever it is."""
        answer = outcomes.fail("Unasked", "nothing was tried")
        for attempt in range(self._door.attempts):
            answer, seconds = self._try(attempt)
            if seconds is None or self._waited + seconds > self._door.patience:
                break
            if attempt + 1 < self._door.attempts:
                self._waited += seconds
                self._door.rest(seconds)
        return replace(answer, throttled=self._throttled)

    def _try(self, attempt: int) -> tuple[Answer, float | None]:
        """Return an answer, and how long to wait before another try; None for the last word."""
        try:
            response = self._door.send(self._request, self._first)
        except RateLimitExceeded as error:
            self._throttled += 1
            return _too_fast(_refused(error)), _seconds(error.retry_after)
        except RequestFailed as error:
            return self._fail(error, attempt)
        except RequestError as error:
            if isinstance(error.exc, RequestFailed):  # while an App's key was exchanged
                return self._fail(error.exc, attempt)
            code, message = type(error.exc).__name__, str(error.exc)
            passing = isinstance(error.exc, httpx.TransportError)
            return outcomes.fail(code, message), 2.0**attempt if passing else None
        except (GitHubException, ValueError, KeyError) as error:
            return outcomes.fail(type(error).__name__, str(error)), None
        return self._read(response, attempt)

    def _fail(self, error: Any, attempt: int) -> tuple[Answer, float | None]:
        answer, status = _refused(error), error.response.status_code
        if status >= _BAD:
            self._halve()
            return answer, 2.0**attempt
        if status == outcomes.THROTTLED or (
            status == _FORBIDDEN and "secondary rate limit" in answer.message.lower()
        ):
            self._throttled += 1
            return _too_fast(answer), _DEFAULT_WAIT
        return answer, None

    def _read(self, response: httpx.Response, attempt: int) -> tuple[Answer, float | None]:
        request = self._request
        if request.service != "graphql":
            status, content, headers = response.status_code, response.content, response.headers
            return outcomes.accept(status, content, headers, request.token), None
        request_id = response.headers.get("x-github-request-id", "")
        document = DOCUMENTS[request.operation]
        answer = outcomes.read_graph(document, response.content, request_id, request.token)
        errors = outcomes.errors_of(answer.body)
        if outcomes.is_throttled(errors):
            self._throttled += 1
            return answer, _until_reset(response)
        if answer.outcome is Outcome.FAILED and outcomes.has_timed_out(errors):
            self._halve()
            return answer, 2.0**attempt
        return answer, None

    def _halve(self) -> None:
        """Ask for half a page from now on, once: long queries take GitHub too long."""
        asked: Json = self._request.parameters.get("first")
        if self._first is None and isinstance(asked, int) and asked >= _SHORTEST_PAGE:
            self._first = asked // 2


def _sign_in(target: Target) -> Any:
    options = target.options
    if options.get("app"):
        try:
            key = Path(options["key"]).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise CollectionError(f"target {target.name}: the App's key: {error}") from error
        return AppInstallationAuthStrategy(options["app"], key, int(options["installation"]))
    variable = options.get("token_env", "GITHUB_TOKEN")
    token = os.environ.get(variable, "").strip()
    if not token:
        raise CollectionError(
            f"target {target.name}: the environment variable {variable} holds no token"
        )
    return TokenAuthStrategy(token)


def _refused(error: Any) -> Answer:
    response = error.response.raw_response
    return outcomes.refuse(response.status_code, response.content, response.headers)


def _too_fast(answer: Answer) -> Answer:
    """Return the answer as no refusal: GitHub says 403, too, to who comes too fast."""
    return replace(answer, outcome=Outcome.FAILED, code="RateLimited")


def _seconds(wait: timedelta) -> float:
    return max(wait.total_seconds(), 1.0)


def _until_reset(response: httpx.Response) -> float:
    for header, since in (("retry-after", 0.0), ("x-ratelimit-reset", time.time())):
        stated = response.headers.get(header, "")
        if stated.isdigit():
            return max(float(stated) - since, 1.0)
    return _DEFAULT_WAIT
