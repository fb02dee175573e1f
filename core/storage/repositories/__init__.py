"""One repository for each subject, each implementing its Protocol of `core.ports` inside a transaction it does not own."""
