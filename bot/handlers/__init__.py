"""One module a subject; each handler reads the update, calls one service or the dialogue, and answers."""
