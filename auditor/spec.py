"""The words a collector file is written in.

A collector is data and one pure function: which read-only calls to make, and which rows of the
fact tables their answers mean. ``walk`` knows the order of the calls. All paths are member names
joined by dots (``item.Placement.Zone``), and start with the name of what they read from:

    place     the account, region, compartment and so on that we ask in
    parent    the item of the parent listing, if there is one
    item      the listed resource itself
    <detail>  the answer to the detail call of that name
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from auditor.model import Answer, Json, Outcome, Place, Unknown
from auditor.model.paths import dig as dig  # noqa: PLC0414 - for those who write collectors
from auditor.model.paths import parted
from auditor.tables import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One read-only API operation, and the permission it needs.

    Attributes:
        operation: the SDK's name, such as 'ListBuckets' or 'list_buckets'.
        permission: what to grant, in the provider's words; '' where none is needed.
        parameters: fixed parameters.
        bind: parameter -> path.
        compose: parameter -> pure function from what ``bind`` can read to its value, for
            parameters with parts of their own; an object is laid over the fixed one, and an
            Unknown leaves the parameter out.
        region: path to the region to ask in; '' asks in the place's region, or at home.
        asked_in: region of the service's control plane, if neither the place's nor home.
        endpoint: path to a resource's own address, for the services that have such.
        locate: pure function that makes such an address of what is known, where no answer
            states it; '' for none.
        absent_on: the provider's error codes that mean "not configured".
        count: path to the number of items, for services that leave out an empty list and state 0.
        items: path in the answer to a list, '' if the answer is one thing; lists are paged.
        service: SDK client, if it differs from the collector's.
        secrets: paths in the answer whose values are replaced by a keyed digest.
        hashed: paths in the answer whose values are replaced by their SHA-256: what was deployed,
            which may hold secrets, and which only its digest is needed of.
    """

    operation: str
    permission: str
    parameters: Mapping[str, Json] = field(default_factory=dict)
    bind: Mapping[str, str] = field(default_factory=dict)
    compose: Mapping[str, Callable[["Found"], Json]] = field(default_factory=dict)
    region: str = ""
    asked_in: str = ""
    endpoint: str = ""
    locate: Callable[["Found"], str] | None = None
    absent_on: tuple[str, ...] = ()
    count: str = ""
    items: str = ""
    service: str = ""
    secrets: tuple[str, ...] = ()
    hashed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Call):
    """A call that finds resources. ``items='.'`` says that the answer itself is the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail(Call):
    """A call made once per listed resource.

    Attributes:
        name: what paths call its answer.
        when: path; the call is made only if its value is true, non-zero and non-empty.
        applies: says whether the call is made at all, where no path can say it.
        needs: types; where the region's index names none of them, nothing is asked.
        shared: where resources of a unit would ask the same, one question is asked for all.
        each: parameter -> pure function to its values, as many for all: a call is made with the
            first of each, the second and so on, until one is refused; their answers stand as if
            they were pages. Not for shared questions.
    """

    name: str
    when: str = ""
    applies: Callable[["Found"], bool] | None = None
    needs: tuple[str, ...] = ()
    shared: bool = False
    each: Mapping[str, Callable[["Found"], tuple[Json, ...]]] = field(default_factory=dict)


_OWN_ROOTS = ("item", "parent", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One listed resource, with everything that was asked about it.

    Attributes:
        answers: detail name -> all pages of its answer; one that was ruled out is absent.
        records: index of the evidence record of each source, by name; 'item' is the listing's.
        since: moment at which the audit's period begins, where the collector asks for it.
    """

    place: Place
    item: Json
    parent: Json = None
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    records: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    details: Mapping[str, Detail] = field(default_factory=dict)
    since: str = ""

    @property
    def evidence(self) -> tuple[int, ...]:
        """Indexes of all records about this resource, in order."""
        return tuple(sorted({index for several in self.records.values() for index in several}))

    def read(self, path: str, **default: Json) -> Json:
        """Return the value at a path, or an Unknown that says why there is none.

        Args:
            path: starts with 'item', 'parent', 'place' or the name of a detail.
            default: ``absent=`` is the meaning of "not configured" and of a member that the
                provider leaves out. Without it, such a value is Unknown.
        """
        root, rest = parted(path)
        if root in self.answers:
            refused = self._refusal(root)
            if refused is not None:
                return refused
            value = self._from_answer(root, rest)
        else:
            value = dig(getattr(self, root), rest) if root in _OWN_ROOTS else None
        if value is not None:
            return value
        if "absent" in default:
            return default["absent"]
        return Unknown(f"the provider's answer has no {path}")

    def _refusal(self, name: str) -> Unknown | None:
        last = self.answers[name][-1]
        call = self.details[name]
        if call.items and any(malformed(call, page) for page in self.answers[name]):
            why = f"{call.operation} answered with something that is no list"
            return Unknown(why, "", self.records[name][-1])
        if last.outcome.known:
            return None
        why = f"{call.operation} {last.outcome.phrase}" + (f" ({last.code})" if last.code else "")
        permission = call.permission if last.outcome is Outcome.DENIED else ""
        return Unknown(why, permission, self.records[name][-1])

    def _from_answer(self, name: str, rest: str) -> Json:
        pages = self.answers[name]
        call = self.details[name]
        if not call.items:
            return dig(pages[0].body, rest)
        if rest:
            raise ValueError(f"{name} is a list: read it whole, not {name}.{rest}")
        return [item for page in pages for item in listed(call, page)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Says that a collector's resources are places to look in: regions, accounts, compartments.

    Attributes:
        name: the axis, such as 'region'.
        value: gives the value or values on that axis, None for what need not be looked into.
        hides: whether the cloud says that we may not see all of it; then no census is believed.
        optional: there may be nothing to look into, and that is no gap.
    """

    name: str
    value: Callable[[Found], str | tuple[str, ...] | None]
    hides: Callable[[Found], bool] = lambda _: False
    optional: bool = False

    def values_of(self, found: Found) -> tuple[str, ...]:
        """Return what a resource adds to the axis, in order."""
        value = self.value(found) or ()
        return (value,) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """Says that a collector's resources tell where others are worth listing: an index of the cloud.

    What the index can name is listed where it names it and where ``always`` says; what it cannot,
    is spared only where neither it nor a bill names anything. Without their full answers, more is
    listed. What is left out is a gap until witnesses agree: an index hides what we may not see.

    Attributes:
        axis: the axis along which listing is spared, such as 'compartment'.
        names: gives a type of ``Collector.types`` and where one is; '' if it only knows the type.
        knows: types that the index can name whenever it answers.
        always: path of a value that is listed for every type. An answer there shows that we may.
    """

    axis: str
    names: Callable[[Found], tuple[str, str] | None]
    knows: tuple[str, ...] = ()
    always: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """Says that resources are a bill: ``names`` gives a line's region, '' for all, and value."""

    axis: str
    names: Callable[[Found], tuple[str, str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """One kind of resource, in one service, of one provider.

    Attributes:
        kind: 'provider.service.thing'.
        service: the SDK's client: 's3', or 'object_storage.ObjectStorageClient'.
        title: what it collects, for people.
        per: axes to list along, in order.
        rows: pure function from one resource to rows of ``tables``.
        axis: set if the resources are themselves places to look in.
        census, charges: set if the resources tell where others are worth listing.
        below: lists more of the same kind below each one found, as its parent: a hierarchy.
        types: what inventories call them: 's3:bucket' in AWS Resource Explorer, 'Bucket' in
            Oracle's Resource Search; () where they have no name.
        option: the target must have this option, or the collector does not run for it.
        since: the moment that ``Found.since`` is to have, as ``collect`` writes the period.
        source: address of the API's reference page.
    """

    kind: str
    service: str
    title: str
    per: tuple[str, ...]
    listing: Listing
    parent: Listing | None = None
    below: Listing | None = None
    details: tuple[Detail, ...] = ()
    tables: tuple[type[Row], ...]
    rows: Callable[[Found], Iterable[Row]]
    axis: Axis | None = None
    census: Census | None = None
    charges: Charges | None = None
    types: tuple[str, ...] = ()
    option: str = ""
    since: str = ""
    source: str = ""

    @property
    def provider(self) -> str:
        """The provider's short name, such as 'aws' or 'github'."""
        return self.kind.partition(".")[0]

    @property
    def short_service(self) -> str:
        """The service in a kind, such as 's3'."""
        return self.kind.split(".")[1]

    @property
    def finds_places(self) -> bool:
        """Whether others wait for what it finds, to know where to look."""
        return bool(self.axis or self.census or self.charges)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call, in the order in which they are made."""
        listings = (self.parent, self.listing, self.below)
        return (*(each for each in listings if each), *self.details)


def listed(call: Call, page: Answer) -> list[Json]:
    """Return the items of a page, or the one thing that it is; none if refused or malformed."""
    if page.outcome is not Outcome.OK:
        return []
    if not call.items:
        return [page.body]
    items = page.body if call.items == "." else dig(page.body, call.items)
    return items if isinstance(items, list) else []


def malformed(call: Call, page: Answer) -> bool:
    """Whether an answer that should hold a list holds something else, or nothing.

    Botocore hides an answer that it cannot parse: a list that is missing may not read as empty.
    """
    if page.outcome is not Outcome.OK or not call.items:
        return False
    if call.items == ".":
        return not isinstance(page.body, list)
    items = dig(page.body, call.items)
    if items is None and call.count:
        stated = dig(page.body, call.count)
        return type(stated) is not int or stated != 0
    return not isinstance(items, list)
