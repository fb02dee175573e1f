"""DOCX and PDF into lines, lines into sections, sections into the Markdown of `knowledge/`. Knows no storage and no chat."""
