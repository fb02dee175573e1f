"""The history of the schema, applied by `core.storage.migrate`."""
