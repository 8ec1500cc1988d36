"""What the rows of findings are called: their names, or words for rows that have none."""

from collections.abc import Mapping

from auditor.model import Json

_NOBODY = "somebody not known"
_KINDS = ("kind", "mechanism")
_NAMES = ("name", "title", "text", "host", "application")
_SORTS = (*_KINDS, "power", "access", "service")


def part(subject: Mapping[str, Json], key: str) -> str:
    """Return a column of a row as text: 'unknown' where it is not known, '' where it has none."""
    if key not in subject:
        return ""
    found = subject[key]
    return "unknown" if found is None else str(found)


def kind_of(subject: Mapping[str, Json]) -> str:
    """Return what kind of thing a row is; '' if its table has no kinds."""
    return next((part(subject, key) for key in _KINDS if key in subject), "")


def sort_of(subject: Mapping[str, Json]) -> str:
    """Return by what a table tells its rows apart: by kind, power, access or service; else ''."""
    return next((part(subject, key) for key in _SORTS if key in subject), "")


def name_of(subject: Mapping[str, Json]) -> str:
    """Return the name of a row, or words that a reader knows it by; '' where its id is enough."""
    if subject.get("person_name") and subject["person_name"] != subject.get("name"):
        return f"{subject['person_name']}, {part(subject, 'name')}"
    if "principal_id" in subject:
        return f"{who(subject)}: {_act(subject)}"
    if "peer" in subject:
        way = f"{part(subject, 'direction')}: {part(subject, 'peer')}"
        return f"{way}, by {part(subject, 'through')}, of network {part(subject, 'network')}"
    if "source" in subject:
        time = f"{part(subject, 'start')} to {part(subject, 'end')}"
        return f"{part(subject, 'source')}, {time}: {part(subject, 'reason') or 'whole'}"
    # What has no name has words of its own: a statement of a policy is known by them.
    return next((said for said in (part(subject, key) for key in _NAMES) if said), "")


def who(subject: Mapping[str, Json]) -> str:
    """Return the principal that a row is about."""
    return str(subject.get("principal_id") or _NOBODY)


def _act(subject: Mapping[str, Json]) -> str:
    """Return what it can do or did, to what, and when and whence if logs tell."""
    if "power" in subject:
        return part(subject, "power")
    said = f"{subject.get('access') or 'access not known'}"
    target = "repository_id" if "repository_id" in subject else "store_id"
    if subject.get(target) != "":
        said += f" {subject.get(target) or 'of a store not known'}"
    if "first" in subject:
        said += f", {part(subject, 'first')}"
        said += f" from {subject['address']}" if subject.get("address") else ""
    return said
