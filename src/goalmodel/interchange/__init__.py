"""Values as plain data that any program can read, and back: documents, their schema, and the catalogue of all codes."""

from goalmodel.interchange.documents import (
    document as document,
    load as load,
    load_known as load_known,
    schema as schema,
)
from goalmodel.interchange.listing import catalogue as catalogue, translated as translated
from goalmodel.interchange.mapped import Loss as Loss, Mapped as Mapped
from goalmodel.interchange.rulebook import RULES as RULES
