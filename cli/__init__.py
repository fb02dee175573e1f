"""The `rekan` command."""
