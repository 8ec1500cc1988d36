"""Who is on GitHub: the company's developers, the provider's reviewers, and a few others."""

from auditor.demo.github.nouns import Account, App, Team

INES, RAFAEL, CARLA = "ines-calloway", "rafael-okoye", "carla-benitez"
LENA, AOIFE, JONAH, MEI = "lena-ortiz", "aoife-brennan", "jonah-reyes", "mei-fujimoto"
LUIS, DEVI, NADIA = "luis-ortega", "devi-nair", "nadia-farrell"
HUI_MIN = "goh-hui-min"
SAM = "sam-pixelforge"
RELEASE_BOT, DEPENDABOT = "northstar-release", "dependabot"
WEB_FLOW, QUEUE_BOT = "web-flow", "github-merge-queue"

REPOSITORIES = (
    "app-android",
    "app-ios",
    "build-tools",
    "feed-ranking",
    "remote-config",
    "upload-service",
)
REVIEWERS = (LUIS, DEVI, NADIA)


def _member(login: str, number: int, name: str, company: str, **more: str) -> Account:
    email = f"{login.replace('-', '.')}@{company}.example"
    return Account(
        login=login,
        number=number,
        name=name,
        email=email,
        role=more.pop("role", "MEMBER"),
        identity=email,
        **more,  # type: ignore[arg-type]
    )


def _machine(login: str, number: int, *, kind: str = "Bot", role: str = "") -> Account:
    return Account(
        login=login,
        number=number,
        name=login,
        email=f"{number}+{login}@users.noreply.github.com",
        kind=kind,
        role=role,
        country="",
    )


_EVERYBODY = (
    _member(INES, 5000101, "Ines Calloway", "northstar", role="ADMIN"),
    _member(RAFAEL, 5000102, "Rafael Okoye", "northstar", role="ADMIN"),
    _member(CARLA, 5000103, "Carla Benitez", "northstar"),
    _member(LENA, 5000104, "Lena Ortiz", "northstar"),
    _member(AOIFE, 5000105, "Aoife Brennan", "northstar", country="IE"),
    _member(JONAH, 5000106, "Jonah Reyes", "northstar"),
    _member(MEI, 5000107, "Mei Fujimoto", "northstar"),
    _member(LUIS, 5000201, "Luis Ortega", "oracle"),
    _member(DEVI, 5000202, "Devi Nair", "oracle"),
    _member(NADIA, 5000203, "Nadia Farrell", "oracle"),
    _member(HUI_MIN, 5000301, "Goh Hui Min", "farshore", country="SG"),
    Account(
        login=SAM,
        number=5000401,
        name="Sam",
        email="sam@pixelforge.example",
        second_factor=False,
        country="CA",
    ),
    _machine(RELEASE_BOT, 5000501, kind="User", role="MEMBER"),
    _machine(DEPENDABOT, 49699333),
    _machine(QUEUE_BOT, 118344674),
    _machine(WEB_FLOW, 19864447, kind="User"),
)
ACCOUNTS = {each.login: each for each in _EVERYBODY}

DEVELOPERS, TRUSTED, PARENT = "developers", "trusted-reviewers", "parent-ranking"
TEAMS = (
    Team(
        slug=DEVELOPERS,
        name="Developers",
        number=9001,
        members=(CARLA, LENA, AOIFE, JONAH, MEI),
        permissions=dict.fromkeys(REPOSITORIES, "WRITE"),
    ),
    Team(
        slug=TRUSTED,
        name="Trusted reviewers",
        number=9002,
        members=REVIEWERS,
        permissions=dict.fromkeys(REPOSITORIES, "WRITE"),
    ),
    Team(
        slug=PARENT,
        name="Ranking at the parent",
        number=9003,
        members=(HUI_MIN,),
        permissions={"feed-ranking": "WRITE"},
    ),
    Team(
        slug="releases",
        name="Releases",
        number=9004,
        members=(RELEASE_BOT,),
        permissions={"app-android": "WRITE", "app-ios": "WRITE", "upload-service": "WRITE"},
    ),
)


def installed_apps(since: str) -> tuple[App, ...]:
    """Return the apps that are installed in the organisation."""
    reading = {"metadata": "read", "contents": "read", "administration": "read"}
    return (
        App(
            slug="code-auditor",
            name="Code auditor",
            number=700001,
            installation=800001,
            permissions={**reading, "members": "read", "organization_administration": "read"},
            created=since,
        ),
        App(
            slug="northstar-ci",
            name="Northstar CI",
            number=700002,
            installation=800002,
            permissions={"metadata": "read", "contents": "read", "checks": "write"},
            created=since,
        ),
    )
