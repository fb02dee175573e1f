"""Use cases: each opens one unit of work, commits once, and sends nothing itself."""
