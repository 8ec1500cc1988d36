"""Which files of a folder are what, by their endings."""

PLATFORMS = {"apk": "android", "aab": "android", "ipa": "ios"}
RECORDING = "har"
UNREADABLE = "unread"
# What holds packages or traffic in a form that is not read: it must not pass unseen.
UNREAD = frozenset(
    [
        "apks",
        "apkm",
        "xapk",
        "zip",
        "saz",
        "pcap",
        "pcapng",
        "mitm",
        "flow",
        "xap",
        "hap",
        "app",
        "appx",
        "msix",
    ]
)


def form_of(name: str) -> str:
    """Return apk, aab, ipa or har; 'unread' for kindred files; '' for any others."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in PLATFORMS or ending == RECORDING:
        return ending
    return UNREADABLE if ending in UNREAD else ""
