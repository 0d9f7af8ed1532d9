"""Whether what a reading leads to is what is asked for."""
