"""Reads a roster from a directory's SCIM export: a list of users in JSON.

Source: RFC 7643 (resources, sections 4.1 and 4.3) and RFC 7644 (ListResponse, section 3.4.2).

    id                                      id of the line
    displayName, name.formatted, userName   name
    enterprise: organization                employer; else company of an extension
    addresses of type work, then home       country of work, country of residence
    userName, externalId, employeeNumber,   what its principals may be called
    emails, and `principals`

What SCIM has no word for stands in an extension of any name: `coveredPerson`, `company`, `kind`,
`residence`, `workCountry`, `vettedUntil`, `left`, `owner`, `principals`. A user that is not active
left on the day that `left` names, or else on that of the last change.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.config.people import missing_owners, row_faults, to_person
from auditor.documents import quoted
from auditor.errors import ConfigError, Fault
from auditor.model import Json, Person

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def read_scim(path: Path, text: str) -> tuple[Person, ...]:
    """Read a ListResponse, or a list of its resources. Groups are passed over.

    Raises:
        ConfigError: everything that does not fit, named by user.
    """
    reader = _Reader(path, text)
    for index, resource in enumerate(reader.resources()):
        reader.take(index, resource)
    return reader.people()


class _Reader:
    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._faults: list[Fault] = []
        self._people: dict[str, Person] = {}

    def resources(self) -> list[Json]:
        """Return the resources of the whole export.

        Raises:
            ConfigError: it is no such list, or one page of several.
        """
        value = self._parse()
        if isinstance(value, dict):
            found, total = value.get("Resources", []), value.get("totalResults")
            if isinstance(found, list) and isinstance(total, int) and total != len(found):
                message = f"holds {len(found)} of {total} resources; export all of them"
                raise ConfigError([self._fault(message)])
            value = found if "Resources" in value or total == 0 else None
        if not isinstance(value, list):
            raise ConfigError([self._fault("is not a SCIM list: it has no 'Resources'")])
        return value

    def take(self, index: int, resource: Json) -> None:
        """Take one resource, or note what is wrong with it."""
        schemas = resource.get("schemas") if isinstance(resource, dict) else None
        if isinstance(schemas, list) and GROUP in schemas and USER not in schemas:
            return
        where = f"Resources[{index}]"
        if not isinstance(resource, dict) or not isinstance(resource.get("id"), str):
            self._faults.append(self._fault(f"{where} is no user with an 'id'"))
            return
        try:
            row = _row(resource)
        except ValueError as error:
            self._note(resource["id"], [f"{where}: {error}"])
            return
        messages = [f"{where}: {message}" for message in row_faults(row, self._people)]
        self._note(resource["id"], messages)
        if not messages:
            self._people[row["id"]] = to_person(row)

    def people(self) -> tuple[Person, ...]:
        """Return everybody.

        Raises:
            ConfigError: anything was wrong.
        """
        if not self._faults:
            for person, message in missing_owners(self._people.values()):
                self._note(person.id, [message])
        if self._faults:
            raise ConfigError(self._faults)
        return tuple(self._people.values())

    def _parse(self) -> Json:
        try:
            return json.loads(self._text, object_pairs_hook=_unique)
        except json.JSONDecodeError as error:
            fault = Fault(
                path=str(self._path),
                line=error.lineno,
                column=error.colno,
                message=f"is not JSON: {error.msg}",
            )
            raise ConfigError([fault]) from error
        except (ValueError, RecursionError) as error:
            raise ConfigError([self._fault(f"is not JSON as SCIM has it: {error}")]) from error

    def _note(self, user: str, messages: list[str]) -> None:
        start = self._text.find(json.dumps(user, ensure_ascii=False))
        line = self._text.count("\n", 0, start) + 1 if start >= 0 else 1
        self._faults += [self._fault(f"user {quoted(user)}: {one}", line) for one in messages]

    def _fault(self, message: str, line: int = 1) -> Fault:
        return Fault(path=str(self._path), line=line, column=1, message=message)


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("an object names a member twice")
    return members


def _row(user: Mapping[str, Json]) -> dict[str, str]:
    """Return a user as a line of a roster.

    Raises:
        ValueError: a member is of the wrong type, or extensions contradict each other.
    """
    more = _extended(user)
    enterprise = _object(user, ENTERPRISE)
    names = _object(user, "name")
    own = [_text(user, "userName"), _text(user, "externalId"), _text(enterprise, "employeeNumber")]
    own += [_text(email, "value") for email in _objects(user, "emails")]
    return {
        "id": user["id"],
        "name": _text(user, "displayName") or _text(names, "formatted") or _text(user, "userName"),
        "employer": _text(enterprise, "organization") or more.get("company", ""),
        "country": more.get("workCountry") or _country(user, "work"),
        "residence": more.get("residence") or _country(user, "home"),
        "covered_person": more.get("coveredPerson", ""),
        "kind": more.get("kind", ""),
        "vetted_until": more.get("vettedUntil", ""),
        "left": _left(user, more),
        "owner": more.get("owner", ""),
        "principals": " ".join([*map(_literal, filter(None, own)), more.get("principals", "")]),
    }


def _extended(user: Mapping[str, Json]) -> dict[str, str]:
    """Members of all extensions but the enterprise one, as text."""
    found: dict[str, str] = {}
    for schema in user:
        if not schema.startswith("urn:") or schema == ENTERPRISE:
            continue
        for name, value in _object(user, schema).items():
            if not isinstance(value, str | bool):
                continue
            text = str(value).lower() if isinstance(value, bool) else value
            if found.setdefault(name, text) != text:
                raise ValueError(f"two extensions say different things of {quoted(name)}")
    return found


def _country(user: Mapping[str, Json], kind: str) -> str:
    """Country of the addresses of a kind, '' where none or several are named.

    An address without a type counts as one of work.
    """
    found = {
        _text(address, "country").upper()
        for address in _objects(user, "addresses")
        if (_text(address, "type") or "work").casefold() == kind
    } - {""}
    return found.pop() if len(found) == 1 else ""


def _left(user: Mapping[str, Json], more: Mapping[str, str]) -> str:
    if more.get("left") or user.get("active", True) is not False:
        return more.get("left", "")
    changed = _text(_object(user, "meta"), "lastModified")[:10]
    if not changed:
        raise ValueError("it is not active, and neither 'left' nor meta.lastModified says since")
    return changed


def _literal(name: str) -> str:
    """A pattern that matches this text and nothing else; one that spaces would part is left out."""
    return "" if re.search(r"[\s;]", name) else re.sub(r"([*?\[])", r"[\1]", name)


def _text(value: Mapping[str, Json], name: str) -> str:
    found = value.get(name)
    if found is not None and not isinstance(found, str):
        raise ValueError(f"{quoted(name)} must be text")
    return (found or "").strip()


def _object(value: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    found = value.get(name)
    if found is not None and not isinstance(found, dict):
        raise ValueError(f"{quoted(name)} must be an object")
    return found or {}


def _objects(value: Mapping[str, Json], name: str) -> Iterator[Mapping[str, Json]]:
    found = value.get(name)
    entries = found if isinstance(found, list) else [found]
    objects = [each for each in entries if isinstance(each, dict)]
    if found is not None and (entries is not found or len(objects) != len(entries)):
        raise ValueError(f"{quoted(name)} must be a list of objects")
    yield from objects if entries is found else ()
