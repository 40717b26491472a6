"""Values as plain data that any program can read, and back: documents, their schema, and the catalogue of all codes."""

from goalmodel.interchange.documents import document as document, load as load, schema as schema
