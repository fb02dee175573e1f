"""APScheduler ticks: the one sender of everything that is sent unasked."""
