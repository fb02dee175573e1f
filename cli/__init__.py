"""The `rekan` command, the set-up before it, and the supervisor behind `make run`. It starts the other parts and imports none."""
