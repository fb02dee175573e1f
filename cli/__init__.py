"""The `rekan` command, the set-up before it and the supervisor behind `make run`; it starts the other parts and imports none of them."""
