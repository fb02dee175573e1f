"""Ticks, and the one sender of all that is sent unasked. Knows the services and the bot's messenger, no tables."""
