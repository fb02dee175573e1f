"""The subject: rules, services and storage. Knows no Telegram, no Rasa, no HTTP."""
