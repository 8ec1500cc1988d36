"""Clients that serve every account, made once for each service and region.

A client of botocore takes 0.2 megabytes and five milliseconds to make, as much as five calls. One
for each account would cost more than all the calls in an organisation of empty accounts; so a
client signs with the credentials that are lent to the thread that calls it.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock, local
from types import SimpleNamespace
from typing import Any

from botocore.credentials import Credentials

from auditor.collect.aws.sdk.session import CONFIG, discovers_endpoints, new_session

MOST = 400  # clients at once, some 80 MB: all services of one region, and S3's of the others


class Lent(Credentials):  # type: ignore[misc]
    """Credentials that are whatever was lent to the calling thread; none if nothing was."""

    def __init__(self) -> None:
        """Hold nothing."""
        self._own = local()
        self.method = "lent"

    @contextmanager
    def lend(self, credentials: Credentials | None) -> Iterator[None]:
        """Sign with these whatever this thread sends while the context is open."""
        before = getattr(self._own, "credentials", None)
        self._own.credentials = credentials
        try:
            yield
        finally:
            self._own.credentials = before

    def get_frozen_credentials(self) -> Any:
        """Return what to sign with; without any, botocore refuses to send."""
        credentials = getattr(self._own, "credentials", None)
        return credentials.get_frozen_credentials() if credentials is not None else None

    def get_deferred_property(self, property_name: str) -> Callable[[], None]:  # noqa: ARG002
        """Return that nothing is known of the account: its services have addresses by region."""
        return lambda: None


class Clients:
    """Makes clients, and lets go of those that were not used for longest. Safe for threads."""

    def __init__(self, profile: str | None, most: int = MOST) -> None:
        """Take the profile whose settings (endpoints, proxies) hold."""
        self.lent = Lent()
        self._session = new_session(profile)
        provider = SimpleNamespace(load_credentials=lambda: self.lent)
        self._session.register_component("credential_provider", provider)
        self._most = most
        self._lock = RLock()
        self._clients: OrderedDict[tuple[str, str, str], Any] = OrderedDict()

    def get(self, service: str, region: str, account: str = "") -> Any:
        """Return the client of a service in a region."""
        key = (service, region, account if discovers_endpoints(service) else "")
        with self._lock:
            client = self._clients.get(key)
            if client is None:
                client = self._session.create_client(service, region, config=CONFIG)
                self._clients[key] = client
                if len(self._clients) > self._most:
                    # Calls that are under way keep their connections until they are answered.
                    self._clients.popitem(last=False)[1].close()
            else:
                self._clients.move_to_end(key)
        return client

    def regions_of(self, service: str, partition: str) -> list[str]:
        """Return the regions in which botocore's own data lists a service."""
        found: list[str] = self._session.get_available_regions(service, partition)
        return found

    def close(self) -> None:
        """Let go of connections."""
        with self._lock:
            while self._clients:
                self._clients.popitem()[1].close()
