"""Buckets that audit logs are delivered to, asked through a door that only reads.

Sources:
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
    https://docs.oracle.com/en-us/iaas/api/#/en/objectstorage/20160918/Object/ListObjects
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from auditor.activity.objects import LONGEST_OBJECT, Content, Folder, Listed, Refusal
from auditor.model import Answer, Json, Outcome, Request

Ask = Callable[[Request], Answer]
_PAGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Bucket:
    """A bucket of Amazon S3.

    Attributes:
        ask: makes one read-only call with a target's credentials.
        account: account whose role reads it; '' for the target's own.
        region: of the bucket; '' lets the SDK find it.
    """

    ask: Ask
    target: str
    bucket: str
    account: str = ""
    region: str = ""

    def look(self, prefix: str, after: str = "") -> Iterator[Listed | Folder | Refusal]:
        """Yield what is right below a prefix; see ``Objects``."""
        for page in self._pages(prefix, after, {"Delimiter": "/"}):
            if isinstance(page, Refusal):
                yield page
                continue
            found: list[Listed | Folder] = [*_listed(page)]
            found += [Folder(prefix=each["Prefix"]) for each in page.get("CommonPrefixes") or ()]
            yield from sorted(found, key=_place)

    def list(self, prefix: str, after: str, until: str) -> Iterator[Listed | Refusal]:
        """Yield the objects with a prefix; see ``Objects``."""
        for page in self._pages(prefix, after, {}):
            if isinstance(page, Refusal):
                yield page
                continue
            for listed in _listed(page):
                if listed.key >= until:
                    return
                yield listed

    def read(self, key: str) -> Content | Refusal:
        """Return one object; see ``Objects``."""
        answer = self.ask(self._request("GetObject", {"Key": key}))
        if answer.outcome is not Outcome.OK:
            return _refusal(key, "GetObject", "s3:GetObject", answer)
        return _content(key, answer.body["Body"], answer.body.get("Metadata") or {})

    def _pages(
        self, prefix: str, after: str, more: Mapping[str, Json]
    ) -> Iterator[Mapping[str, Json] | Refusal]:
        parameters = {"Prefix": prefix, "MaxKeys": _PAGE, **more}
        if after:
            parameters["StartAfter"] = after
        request: Request | None = self._request("ListObjectsV2", parameters)
        while request is not None:
            answer = self.ask(request)
            if answer.outcome is not Outcome.OK:
                yield _refusal(prefix, "ListObjectsV2", "s3:ListBucket", answer)
                return
            yield answer.body
            request = replace(request, token=answer.token) if answer.token else None

    def _request(self, operation: str, parameters: Mapping[str, Json]) -> Request:
        place = {"target": self.target} | ({"account": self.account} if self.account else {})
        return Request(
            collector="", place=place, step="", service="s3", operation=operation,
            parameters={"Bucket": self.bucket, **parameters}, region=self.region,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OciBucket:
    """A bucket of OCI Object Storage; its attributes as of ``S3Bucket``."""

    ask: Ask
    target: str
    bucket: str
    region: str = ""

    def look(self, prefix: str, after: str = "") -> Iterator[Listed | Folder | Refusal]:
        """Yield what is right below a prefix; see ``Objects``."""
        for page in self._pages(prefix, after, {"delimiter": "/"}):
            if isinstance(page, Refusal):
                yield page
                continue
            found: list[Listed | Folder] = [*_named(page)]
            found += [Folder(prefix=each) for each in page.get("prefixes") or ()]
            yield from (each for each in sorted(found, key=_place) if _place(each) > after)

    def list(self, prefix: str, after: str, until: str) -> Iterator[Listed | Refusal]:
        """Yield the objects with a prefix; see ``Objects``."""
        for page in self._pages(prefix, after, {"end": until}):
            if isinstance(page, Refusal):
                yield page
                continue
            yield from (each for each in _named(page) if after < each.key < until)

    def read(self, key: str) -> Content | Refusal:
        """Return one object; see ``Objects``."""
        answer = self._answer("get_object", {"object_name": key})
        if answer.outcome is not Outcome.OK:
            return _refusal(key, "get_object", "OBJECT_READ", answer)
        return _content(key, answer.body, {})

    def _pages(
        self, prefix: str, after: str, more: Mapping[str, Json]
    ) -> Iterator[Mapping[str, Json] | Refusal]:
        start: str | None = after
        while start is not None:
            parameters = {"prefix": prefix, "fields": "name,size,etag", "limit": _PAGE, **more}
            if start:
                parameters["start"] = start
            answer = self._answer("list_objects", parameters)
            if answer.outcome is not Outcome.OK:
                yield _refusal(prefix, "list_objects", "OBJECT_INSPECT", answer)
                return
            yield answer.body
            following = answer.body.get("nextStartWith")
            start = following if isinstance(following, str) and following > start else None

    def _answer(self, operation: str, parameters: Mapping[str, Json]) -> Answer:
        namespace = self.ask(self._request("get_namespace", {}))
        if namespace.outcome is not Outcome.OK:
            return namespace
        whose = {"namespace_name": namespace.body, "bucket_name": self.bucket}
        return self.ask(self._request(operation, {**whose, **parameters}))

    def _request(self, operation: str, parameters: Mapping[str, Json]) -> Request:
        return Request(
            collector="", place={"target": self.target}, step="",
            service="object_storage.ObjectStorageClient", operation=operation,
            parameters=parameters, region=self.region,
        )  # fmt: skip


def _listed(page: Mapping[str, Json]) -> list[Listed]:
    return [
        Listed(key=each["Key"], size=each.get("Size", 0), version=str(each.get("ETag", "")))
        for each in page.get("Contents") or ()
        if not each["Key"].endswith("/")
    ]


def _named(page: Mapping[str, Json]) -> list[Listed]:
    return [
        Listed(key=each["name"], size=each.get("size") or 0, version=str(each.get("etag", "")))
        for each in page.get("objects") or ()
        if not each["name"].endswith("/")
    ]


def _place(entry: Listed | Folder) -> str:
    return entry.prefix if isinstance(entry, Folder) else entry.key


def _refusal(about: str, operation: str, permission: str, answer: Answer) -> Refusal:
    code = f" ({answer.code})" if answer.code else ""
    needed = permission if answer.outcome is Outcome.DENIED else ""
    reason = f"{operation} {answer.outcome.phrase}{code}"
    return Refusal(about=ascii(about), reason=reason, permission=needed)


def _content(key: str, data: Json, metadata: Mapping[str, str]) -> Content | Refusal:
    if not isinstance(data, bytes):
        return Refusal(about=ascii(key), reason="it was answered with something that is no bytes")
    if len(data) > LONGEST_OBJECT:
        return Refusal(about=ascii(key), reason=f"it is longer than {LONGEST_OBJECT} bytes")
    return Content(data=data, metadata=metadata)
