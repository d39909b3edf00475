"""How often Sada's 95 % intervals hold the truth, on simulated campaigns whose truth is known."""
