"""`rekan eval`: lines in, measures, pictures and a page out. Talks to the assistant through the channel only."""
