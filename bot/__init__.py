"""The Telegram side: updates in, replies out. The only package that knows python-telegram-bot."""
