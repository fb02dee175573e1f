"""Every sentence the bot itself says, by subject. Plain text; `*bold*` is the only markup (see `bot.markup`)."""
