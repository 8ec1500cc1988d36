"""What the revision that signs a PDF changed: nothing that a reader would show.

A signature covers whatever its signer put in, and the rendered report is only where the file
begins. So that a replay which finds the rendered bytes in place says something about what is
displayed, the signing revision may add a signature and touch nothing else.
"""

import io
from collections.abc import Iterator

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, PdfObject, Reference
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

_CATALOG_KEYS = {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Perms", "/Version"}
_INFO_KEYS = {"/ModDate", "/Producer"}
_RENDERED, _SIGNED = 0, 1


def revision_faults(reader: PdfFileReader, field: DictionaryObject) -> Iterator[str]:
    """Name what the signing revision did beyond adding the signature in ``field``.

    Raises:
        PdfError: and more, on a file that is not a sound PDF.
    """
    if reader.total_revisions != _SIGNED + 1:
        yield f"has {reader.total_revisions} revisions: one is rendered, one signs, none is more"
        return
    before = reader.get_historical_resolver(_RENDERED)
    for key in ("/Root", "/Info"):
        old, new = (_written(source, key) for source in (before.trailer_view, reader.trailer_view))
        if old is not None and old != new:
            yield f"the signing revision replaced the document's {key}"
    for reference in _replaced(reader):
        if not _allowed(reader, before, reference, field):
            yield f"the signing revision also changed object {reference.idnum}"


def _replaced(reader: PdfFileReader) -> list[Reference]:
    existed = reader.xrefs.explicit_refs_in_revision(_RENDERED)
    written = reader.xrefs.explicit_refs_in_revision(_SIGNED)
    return sorted(existed & written, key=lambda reference: reference.idnum)


def _allowed(
    reader: PdfFileReader,
    before: HistoricalResolver,
    reference: Reference,
    field: DictionaryObject,
) -> bool:
    old, new = before.get_object(reference), reader.get_object(reference)  # type: ignore[no-untyped-call]
    if reference == _reference(reader.root, "/Metadata"):
        return True  # describes the file; no reader displays it as content
    if not isinstance(old, DictionaryObject) or not isinstance(new, DictionaryObject):
        return False
    changed = {key for key in {*old, *new} if _written(old, key) != _written(new, key)}
    if reference == reader.root_ref:
        return changed <= _CATALOG_KEYS
    if reference == _reference(reader.trailer_view, "/Info"):
        return changed <= _INFO_KEYS
    return changed <= {"/Annots"} and _adds_only(field, old, new)


def _adds_only(field: DictionaryObject, old: DictionaryObject, new: DictionaryObject) -> bool:
    """Whether a page's new annotations are its old ones and the invisible signature field."""
    before, after = (page.get("/Annots", ArrayObject()) for page in (old, new))
    kept = all(
        _bytes(before.raw_get(place)) == _bytes(after.raw_get(place))
        for place in range(len(before))
    )
    invisible = "/AP" not in field and all(side == 0 for side in field["/Rect"])
    return kept and len(after) == len(before) + 1 and after[-1] == field and invisible


def _reference(holder: DictionaryObject, key: str) -> Reference | None:
    if key not in holder:
        return None
    raw = holder.raw_get(key)
    return getattr(raw, "reference", None)


def _written(holder: DictionaryObject, key: str) -> bytes | None:
    """A value as it stands in the file, references not followed."""
    if key not in holder:
        return None
    return _bytes(holder.raw_get(key))


def _bytes(raw: PdfObject) -> bytes:
    out = io.BytesIO()
    raw.write_to_stream(out, None)
    return out.getvalue()
