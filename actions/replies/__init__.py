"""Every sentence the actions compose, by subject. Functions of facts; they know neither Rasa nor the services' work."""
