"""What went wrong in repositories, and what only looks as if it did."""

from auditor.demo.github.people import (
    AOIFE,
    CARLA,
    DEPENDABOT,
    DEVI,
    HUI_MIN,
    INES,
    JONAH,
    LENA,
    LUIS,
    MEI,
    NADIA,
    RAFAEL,
)
from auditor.demo.github.stories import (
    MERGE,
    QUEUE,
    REBASE,
    Fork,
    Opinion,
    Push,
    Rewrite,
    Story,
    Told,
    Work,
)

# Wrong.
STALE = "Weigh watch time less"
SELF = "Drop an unused feature"
PARENTS = "Add a signal of the parent's"
UNAPPROVED = "Raise the upload limit"
AFTERWARDS = "Retry failed parts"
DIRECT = "Hotfix: accept larger files"
UNSIGNED = "Switch a flag by hand"
TAKEN_BACK = "Prefetch stories"
REMARKED = "Cache thumbnails"
LOST = "Try another camera API"

# In order.
QUEUED = "Play in the background"
REBASED = "Split the ranker's tests"
REVERTED = 'Revert "Play in the background"'
PICKED = "Mend captions on the release branch"
BY_BOT = "Bump okhttp from 4.12.0 to 4.12.1"
TWO_HANDS = "Write the sign-in screen anew"
OTHERS_MERGE = "Merge as a colleague"
TIDIED = "Share by link"
OPEN_1, OPEN_2 = "Try a new compiler", "Rank with less data"

RELEASE = "release/5.2"

PLOTS: dict[str, tuple[Told, ...]] = {
    "app-android": (
        Story(
            day=-90,
            title=QUEUED,
            author=MEI,
            method=QUEUE,
            works=(Work(by=MEI),),
            reviews=(Opinion(by=LUIS),),
        ),
        Story(day=-80, title=REVERTED, author=MEI, reviews=(Opinion(by=DEVI, at=20),), merged=30),
        Fork(day=-70, branch=RELEASE),
        Story(
            day=-60,
            title=PICKED,
            author=CARLA,
            base=RELEASE,
            reviews=(Opinion(by=NADIA),),
        ),
        Story(
            day=-55,
            title=BY_BOT,
            author=DEPENDABOT,
            works=(Work(by=DEPENDABOT),),
            reviews=(Opinion(by=LUIS),),
            merged_by=CARLA,
            lines=(1, 1, 1),
        ),
        Story(
            day=-50,
            title=TWO_HANDS,
            author=LENA,
            works=(Work(by=LENA), Work(by=AOIFE, at=60)),
            reviews=(Opinion(by=DEVI, at=180, comments=3),),
            merged_by=AOIFE,
        ),
    ),
    "app-ios": (
        Push(day=-46, title=LOST, by=RAFAEL),
        Rewrite(day=-45, by=RAFAEL),
        Story(
            day=-32,
            title=TIDIED,
            author=MEI,
            method=MERGE,
            works=(Work(by=MEI), Work(by=MEI, at=20, title="In one commit")),
            rewritten=25,
            reviews=(Opinion(by=DEVI),),
        ),
        Story(
            day=-30,
            title=OTHERS_MERGE,
            author=JONAH,
            method=MERGE,
            reviews=(Opinion(by=NADIA),),
            merged_by=LENA,
        ),
    ),
    "build-tools": (Story(day=-5, title=OPEN_1, author=CARLA, reviews=(), merged=None),),
    "feed-ranking": (
        Story(
            day=-100,
            title=STALE,
            author=CARLA,
            works=(Work(by=CARLA), Work(by=CARLA, at=180, title="And clicks more")),
            reviews=(Opinion(by=LUIS, at=120),),
        ),
        Story(
            day=-95,
            title=SELF,
            author=LENA,
            works=(Work(by=LENA), Work(by=DEVI, at=60, title="Drop its test, too")),
            reviews=(Opinion(by=DEVI, at=120),),
        ),
        Story(day=-85, title=PARENTS, author=JONAH, reviews=(Opinion(by=HUI_MIN),)),
        Story(
            day=-75,
            title=REBASED,
            author=MEI,
            method=REBASE,
            works=(Work(by=MEI), Work(by=MEI, at=-20, title="Name them by what they hold")),
            reviews=(Opinion(by=NADIA),),
        ),
        Story(day=-4, title=OPEN_2, author=AOIFE, reviews=(), merged=None),
    ),
    "remote-config": (Push(day=-40, title=UNSIGNED, by=INES, signature="UNSIGNED"),),
    "upload-service": (
        Push(day=-65, title=DIRECT, by=RAFAEL),
        Story(day=-35, title=UNAPPROVED, author=RAFAEL, reviews=(), merged=10),
        Story(
            day=-33,
            title=AFTERWARDS,
            author=CARLA,
            reviews=(Opinion(by=LUIS, at=600),),
            merged=60,
            merged_by=RAFAEL,
        ),
        Story(
            day=-31,
            title=TAKEN_BACK,
            author=LENA,
            reviews=(Opinion(by=NADIA, state="DISMISSED"),),
            merged_by=RAFAEL,
        ),
        Story(
            day=-29,
            title=REMARKED,
            author=LENA,
            reviews=(Opinion(by=NADIA, state="COMMENTED", comments=1),),
            merged_by=RAFAEL,
        ),
    ),
}
