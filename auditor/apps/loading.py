"""Which ways an app has to load code after it was reviewed, or to let pages call into it."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

DEX, NATIVE, SCRIPT, BRIDGE, PLUG_IN = "dex", "native", "script", "bridge", "plug-in"

# Class and method; a class of '' is any, since apps derive their own from WebView.
_CALLS = {
    ("dalvik.system.DexClassLoader", "<init>"): ("DexClassLoader", DEX),
    ("dalvik.system.PathClassLoader", "<init>"): ("PathClassLoader", DEX),
    ("dalvik.system.InMemoryDexClassLoader", "<init>"): ("InMemoryDexClassLoader", DEX),
    ("dalvik.system.DelegateLastClassLoader", "<init>"): ("DelegateLastClassLoader", DEX),
    ("dalvik.system.BaseDexClassLoader", "<init>"): ("BaseDexClassLoader", DEX),
    ("dalvik.system.DexFile", "<init>"): ("DexFile", DEX),
    ("dalvik.system.DexFile", "loadDex"): ("DexFile.loadDex", DEX),
    ("java.lang.System", "load"): ("System.load", NATIVE),
    ("java.lang.Runtime", "load"): ("Runtime.load", NATIVE),
    ("java.lang.Runtime", "exec"): ("Runtime.exec", NATIVE),
    ("java.lang.ProcessBuilder", "<init>"): ("ProcessBuilder", NATIVE),
    ("javax.script.ScriptEngine", "eval"): ("ScriptEngine.eval", SCRIPT),
    ("", "addJavascriptInterface"): ("addJavascriptInterface", BRIDGE),
    ("", "addWebMessageListener"): ("addWebMessageListener", BRIDGE),
    ("", "evaluateJavascript"): ("evaluateJavascript", SCRIPT),
    ("", "loadSplit"): ("SplitInstallHelper.loadSplit", PLUG_IN),
}
_SYMBOLS = {
    "_dlopen": ("dlopen", NATIVE),
    "_NSCreateObjectFileImageFromMemory": ("NSCreateObjectFileImageFromMemory", NATIVE),
    "_NSLinkModule": ("NSLinkModule", NATIVE),
    "_OBJC_CLASS_$_JSContext": ("JSContext", SCRIPT),
    "_JSEvaluateScript": ("JSEvaluateScript", SCRIPT),
    "_OBJC_CLASS_$_WKUserContentController": ("WKScriptMessageHandler", BRIDGE),
}
_STRINGS = {
    b"userContentController:didReceiveScriptMessage:": ("WKScriptMessageHandler", BRIDGE),
    b"evaluateJavaScript:completionHandler:": ("evaluateJavaScript", SCRIPT),
}
_CODE_ENDINGS = {".dex": DEX, ".apk": PLUG_IN, ".jar": PLUG_IN, ".aar": PLUG_IN, ".so": NATIVE}
_SCRIPTS = (".jsbundle", ".bundle", ".hbc", ".lua", ".luac")
_DEX_START, _ELF_START, _HERMES_START = b"dex\n", b"\x7fELF", bytes.fromhex("c61fbc03c103191f")
START = 8  # bytes at the start of a file that tell what it is


def from_calls(calls: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield mechanism and kind of each way in the methods that byte code refers to."""
    for owner, method in calls:
        found = _CALLS.get((owner, method)) or _CALLS.get(("", method))
        if found:
            yield found


def from_symbols(symbols: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield mechanism and kind of each way in the symbols that machine code imports."""
    return (_SYMBOLS[each] for each in symbols if each in _SYMBOLS)


def from_strings(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield mechanism and kind of each way in the names that machine code of Apple's holds."""
    return (found for text, found in _STRINGS.items() if text in data)


def from_file(name: str, start: bytes) -> tuple[str, str] | None:
    """Return mechanism and kind if a file, where no code is expected, holds some.

    Args:
        start: its first bytes.
    """
    ending = PurePosixPath(name).suffix.lower()
    if start.startswith(_DEX_START) or ending == ".dex":
        return "byte code outside of the app's own", DEX
    if start.startswith(_ELF_START):
        return "machine code outside of lib/", NATIVE
    if start.startswith(_HERMES_START) or ending in _SCRIPTS:
        return "script bundle", SCRIPT
    if ending in _CODE_ENDINGS:
        return "package within the package", _CODE_ENDINGS[ending]
    return None
