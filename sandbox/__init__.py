"""A local stand-in for Telegram, with phones in the browser."""
