"""Search over short Indonesian texts: words and meaning, combined by measured weights. Knows no storage and no chat."""
