"""Custom actions for the Rasa server; each calls one core service."""
