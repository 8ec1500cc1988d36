"""A provider that exists nowhere: two axes, one kind of store with two details, one nested kind."""

import threading
from collections.abc import Callable, Iterator, Mapping

from auditor.model import Answer, Audit, ClassificationRule, Json, Outcome, Request, Target
from auditor.spec import Axis, Collector, Detail, Found, Listing
from auditor.tables import Account, Flow, Region, Store, Trail

NOON = "2026-01-02T12:00:00Z"
DENIED = Answer(outcome=Outcome.DENIED, code="AccessDenied")


def _accounts(found: Found) -> Iterator[Account]:
    yield Account(
        id=found.item["Account"],
        evidence=found.evidence,
        provider="fake",
        operator="Fake Cloud",
        name="main",
        active=True,
        management=False,
        provider_access_recorded=True,
    )


def _regions(found: Found) -> Iterator[Region]:
    yield Region(
        id=f"{found.place['account']}/{found.item['Name']}",
        evidence=found.evidence,
        provider="fake",
        operator="Fake Cloud",
        account=found.place["account"],
        region=found.item["Name"],
        country=found.item["Country"],
        enabled=True,
        home=False,
        creation_denied=False,
    )


def _boxes(found: Found) -> Iterator[Store | Flow]:
    name, account = found.item["Name"], found.place["account"]
    store = Store(
        id=f"box:{name}",
        evidence=found.evidence,
        name=name,
        provider="fake",
        operator="Fake Cloud",
        account=account,
        region=found.place["region"],
        country="US",
        service="boxes",
        kind="bucket",
        backup="CopyOf" in found.item,
        source_id=found.item.get("CopyOf") or found.item.get("CloneOf", ""),
        encrypted=found.read("encryption.On", absent=False),
        key_id=found.read("encryption.Key", absent=""),
        public=False,
        locked=False,
        size_bytes=found.read("item.Size", absent=0),
        created="",
        tags=found.read("tags.Tags", absent={}),
    )
    yield store
    if "CopiesTo" in found.item:
        yield Flow(
            id=f"{store.id}/replication",
            evidence=found.evidence,
            store_id=store.id,
            provider="fake",
            account=account,
            region=store.region,
            mechanism="replication",
            active=True,
            target_id=f"box:{found.item['CopiesTo']}",
        )


def _trails(found: Found) -> Iterator[Trail]:
    yield Trail(
        id=f"{found.parent['Name']}/{found.item['Name']}",
        evidence=found.evidence,
        name=found.item["Name"],
        provider="fake",
        account=found.place["account"],
        region="one",
        logging=True,
        all_regions=True,
        organization=found.item.get("Organization", False),
        management_events=True,
        integrity=True,
        retention_days=0,
        destination_id=found.item["Box"],
    )


ACCOUNTS = Collector(
    kind="fake.identity.account",
    service="identity",
    title="the account",
    per=(),
    listing=Listing(operation="WhoAmI", permission=""),
    tables=(Account,),
    rows=_accounts,
    axis=Axis(name="account", value=lambda found: str(found.item["Account"])),
)
REGIONS = Collector(
    kind="fake.identity.region",
    service="identity",
    title="regions",
    per=("account",),
    listing=Listing(operation="ListRegions", permission="identity:ListRegions", items="Regions"),
    tables=(Region,),
    rows=_regions,
    axis=Axis(name="region", value=lambda found: str(found.item["Name"])),
)
BOXES = Collector(
    kind="fake.boxes.box",
    service="boxes",
    title="boxes",
    per=("account", "region"),
    listing=Listing(operation="ListBoxes", permission="boxes:List", items="Boxes"),
    details=(
        Detail(
            name="encryption",
            operation="GetEncryption",
            permission="boxes:GetEncryption",
            bind={"Box": "item.Name"},
            absent_on=("NoEncryption",),
        ),
        Detail(
            name="tags",
            operation="GetTags",
            permission="boxes:GetTags",
            bind={"Box": "item.Name"},
        ),
    ),
    tables=(Store, Flow),
    rows=_boxes,
)
TRAILS = Collector(
    kind="fake.logs.trail",
    service="logs",
    title="trails in their groups",
    per=("account",),
    parent=Listing(operation="ListGroups", permission="logs:ListGroups", items="Groups"),
    listing=Listing(
        operation="ListTrails",
        permission="logs:ListTrails",
        items="Trails",
        bind={"Group": "parent.Name"},
    ),
    tables=(Trail,),
    rows=_trails,
)
COLLECTORS = (ACCOUNTS, BOXES, REGIONS, TRAILS)
TARGET = Target(name="main", provider="fake")
TAGGED = ClassificationRule(
    name="tagged", data_classes=("us_user_data",), tags={"class": "us-user-data"}
)

Reply = Json | Answer | Callable[[Request], Json | Answer]


def ok(body: Json, token: Json = None) -> Answer:
    """An answer that says yes."""
    return Answer(outcome=Outcome.OK, body=body, token=token)


def answers(boxes: int = 2) -> dict[str, Reply]:
    """What the fake provider says when nothing is wrong: two regions, some boxes in the first."""
    names = [{"Name": f"b{number}", "Size": number} for number in range(boxes)]
    return {
        "WhoAmI": {"Account": "111"},
        "ListRegions": {
            "Regions": [{"Name": "one", "Country": "US"}, {"Name": "two", "Country": "DE"}]
        },
        "ListBoxes": lambda request: {"Boxes": names if request.region == "one" else []},
        "GetEncryption": {"On": True, "Key": ""},
        "GetTags": {"Tags": {"class": "us-user-data"}},
        "ListGroups": {"Groups": [{"Name": "g"}]},
        "ListTrails": {"Trails": [{"Name": "t", "Box": "box:b0"}]},
    }


class FakeDoor:
    """Answers by operation name, and remembers what it was asked."""

    def __init__(self, replies: Mapping[str, Reply]) -> None:
        self._replies = replies
        self._lock = threading.Lock()
        self.asked: list[Request] = []

    def ask(self, request: Request) -> Answer:
        with self._lock:
            self.asked.append(request)
        reply = self._replies[request.operation]
        if callable(reply):
            reply = reply(request)
        return reply if isinstance(reply, Answer) else ok(reply)

    def close(self) -> None:
        pass


def audit(**changes: Json) -> Audit:
    """An audit of the fake provider."""
    settings: dict[str, Json] = {
        "id": "test",
        "agreement": "The agreement",
        "company": "The company",
        "as_of": NOON,
        "period_start": "2026-01-01",
        "period_end": "2026-01-02",
        "tool_version": "0",
        "targets": (TARGET,),
        "classification": (TAGGED,),
    }
    return Audit(**{**settings, **changes})
