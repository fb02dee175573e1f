"""The Telegram side: updates in, replies out."""
