"""Pure rules: standard library only, no input or output, no clock of its own."""
