"""The parts of the quality benchmark: flows, scores, sheets."""
