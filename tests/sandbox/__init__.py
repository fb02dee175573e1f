"""The sandbox, driven from the bot's side by python-telegram-bot and from the person's side over HTTP."""
