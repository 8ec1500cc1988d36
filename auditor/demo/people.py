"""The demo's roster: who its people and services are. A few are missing, as in life.

Of everybody in the demo's clouds it leaves out a contractor, two roles and a login that people of
other companies use, functions of the tenancy, and somebody who keeps logs at night.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO

from auditor.demo.aws.accounts import LOGS, MANAGEMENT, USER_DATA
from auditor.demo.aws.plots.people_builders import KAI_XIN, RAYMOND
from auditor.demo.aws.plots.people_of_the_company import LOGIN, person_id
from auditor.demo.aws.plots.people_roles import (
    ANCHOR,
    BREAK_GLASS,
    FUNCTION_ROLE,
    OFFICE_ROLE,
    PARENT_ROLE,
    PROFILE,
    RELEASE_ROLE,
)
from auditor.demo.aws.plots.people_users import (
    CARLA,
    DEPLOYER,
    DMITRI,
    HUGO,
    KEIKO,
    LENA,
    MIGRATION,
    SITI,
    WEI_JIE,
)
from auditor.demo.github import people as github
from auditor.demo.tenancy.plots.database_users import OF_THE_PARENT, OF_THE_PROVIDER
from auditor.demo.tenancy.plots.people_of_the_tenancy import user_id

_COLUMNS = (
    "id name employer country covered_person kind residence vetted_until left owner principals"
)
_NORTHSTAR, _ORACLE = ("Northstar Video", "US", "no"), ("Oracle", "US", "no")
_FARSHORE = ("Farshore Holdings", "SG", "yes")
_VETTED = 200  # days from the audit's day
_IN_THE_TENANCY = {"devi": (OF_THE_PROVIDER,), "luis": (user_id("luis"),)}
LEFT = -12  # days from the audit's day on which Marta left


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of the roster; days are counted from the audit's."""

    id: str
    name: str
    works: tuple[str, str, str]  # employer, country, covered person
    principals: tuple[str, ...]
    kind: str = "person"
    vetted: int | None = _VETTED
    left: int | None = None
    owner: str = ""


def _user(name: str, *, account: str = USER_DATA, path: str = "/") -> str:
    return f"arn:aws:iam::{account}:user{path}{name}"


def _login(name: str) -> str:
    return f"github/github.com/user/{name}"


def _role(name: str) -> str:
    return f"arn:aws:iam::{USER_DATA}:role/{name}"


_PEOPLE = (
    _Line(
        id="grace",
        name="Grace Hollis",
        works=_NORTHSTAR,
        principals=tuple(
            f"arn:aws:iam::{account}:root" for account in (MANAGEMENT, USER_DATA, LOGS)
        ),
    ),
    _Line(
        id="ines",
        name="Ines Calloway",
        works=_NORTHSTAR,
        principals=(person_id("ines"), user_id("ines"), _login(github.INES)),
    ),
    _Line(
        id="rafael",
        name="Rafael Okoye",
        works=_NORTHSTAR,
        principals=(person_id("rafael"), user_id("rafael"), _login(github.RAFAEL)),
    ),
    _Line(
        id="marta",
        name="Marta Svensson",
        works=_NORTHSTAR,
        principals=(person_id("marta"),),
        left=LEFT,
    ),
    _Line(
        id="owen", name="Owen Pratt", works=_NORTHSTAR, principals=(person_id("owen"),), left=-40
    ),
    _Line(
        id="aoife",
        name="Aoife Brennan",
        works=("Northstar Video", "IE", "no"),
        principals=(person_id("aoife"), _login(github.AOIFE)),
    ),
    *(
        _Line(
            id=short,
            name=name,
            works=_ORACLE,
            principals=(person_id(short), _login(login), *_IN_THE_TENANCY.get(short, ())),
        )
        for short, name, login in (
            ("luis", "Luis Ortega", github.LUIS),
            ("devi", "Devi Nair", github.DEVI),
            ("nadia", "Nadia Farrell", github.NADIA),
        )
    ),
    _Line(
        id="weilin",
        name="Tan Wei Lin",
        works=_FARSHORE,
        principals=(person_id("weilin"), user_id("weilin"), OF_THE_PARENT),
        vetted=None,
    ),
    _Line(
        id="huimin",
        name="Goh Hui Min",
        works=_FARSHORE,
        principals=(person_id("huimin"), user_id("huimin"), _login(github.HUI_MIN)),
        vetted=None,
    ),
    _Line(
        id="dmitri",
        name="Dmitri Holloway",
        works=_NORTHSTAR,
        principals=(_user(DMITRI),),
        vetted=-30,
    ),
    *(
        _Line(id=short, name=name, works=_NORTHSTAR, principals=principals)
        for short, name, principals in (
            ("carla", "Carla Benitez", (_user(CARLA), _login(github.CARLA))),
            ("lena", "Lena Ortiz", (_user(LENA), _login(github.LENA))),
            ("jonah", "Jonah Reyes", (_login(github.JONAH),)),
            ("mei", "Mei Fujimoto", (_login(github.MEI),)),
        )
    ),
    _Line(
        id="weijie",
        name="Ong Wei Jie",
        works=_FARSHORE,
        principals=(_user(WEI_JIE, path="/parent/"),),
        vetted=None,
    ),
    *(
        _Line(id=name, name=shown, works=_FARSHORE, principals=(_user(name),), vetted=None)
        for name, shown in ((KAI_XIN, "Toh Kai Xin"), (RAYMOND, "Raymond Yeo"))
    ),
    _Line(
        id="siti",
        name="Siti Rahman",
        works=_FARSHORE,
        principals=(_user(SITI, path="/parent/"),),
        vetted=None,
    ),
    _Line(
        id="keiko",
        name="Keiko Lim",
        works=_FARSHORE,
        principals=(_user(KEIKO, account=LOGS),),
        vetted=None,
    ),
    _Line(
        id="hugo",
        name="Hugo Marsh",
        works=_NORTHSTAR,
        principals=(_user(HUGO, account=LOGS),),
        left=30,
    ),
)


def _service(name: str, owner: str, *principals: str) -> _Line:
    return _Line(
        id=name, name=name, works=_NORTHSTAR, principals=principals, kind="service", owner=owner
    )


_SERVICES = (
    _service("release-deployer", "ines", _user(DEPLOYER), _role(RELEASE_ROLE)),
    _service("profile-export", "carla", _role(FUNCTION_ROLE)),
    _service("video-migration", "carla", _role(MIGRATION)),
    _service("feed", "carla", _role("feed")),
    _service("break-glass", "grace", _role(BREAK_GLASS)),
    _service("office-printing", "ines", _role(OFFICE_ROLE), ANCHOR, PROFILE),
    _service("sign-in", "ines", LOGIN),
    _service("release-bot", "ines", _login(github.RELEASE_BOT)),
    _service("pipeline", "rafael", user_id("pipeline")),
    _Line(
        id="parent-analytics",
        name="parent-analytics",
        works=_FARSHORE,
        principals=(_role(PARENT_ROLE),),
        kind="service",
    ),
)


def written_roster(today: date) -> str:
    """Return the roster as CSV, as of a day."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS.split())
    for line in (*_PEOPLE, *_SERVICES):
        employer, country, covered = line.works
        days = (_day(today, line.vetted), _day(today, line.left))
        residence = country if line.kind == "person" else ""
        writer.writerow(
            (
                *(line.id, line.name, employer, country, covered, line.kind, residence),
                *(*days, line.owner, " ".join(line.principals)),
            )
        )
    return text.getvalue()


def _day(today: date, days: int | None) -> str:
    return "" if days is None else (today + timedelta(days=days)).isoformat()
