"""What of a SearchDoc is searched, in the four fields that a query looks at."""

from builder.search.documents import Documents, SearchDoc
from builder.search.fold import PARTS, haystack, padded, spelled_haystack, word_forms
from builder.search.query import Fields


def fields_of(doc: SearchDoc, documents: Documents) -> Fields:
    """Haystacks of a document.

    A unit is found by its own former names, but not by all the names of its successors.
    """
    places = [unit for unit in doc.units if doc.kind != "units" or doc.key.endswith(f"/{unit}")]
    units = PARTS.join(documents.place(unit).names for unit in places)
    other = PARTS.join((doc.type, doc.type_code, doc.issuer, *doc.also))
    return Fields(
        number=padded(doc.number),
        title=haystack(doc.title),
        units=haystack(units),
        other=haystack(other),
        name=padded(doc.name),
        date=doc.date,
        spelled=".".join(map(spelled_haystack, (doc.number, doc.title, units, other))),
    )


def text_words(doc: SearchDoc) -> list[str]:
    """The different words of a document's text, opened abbreviations included, in order.

    A word with marks stands twice, without and with them.
    """
    return sorted(word_forms(doc.text))
