"""What made a difference: an editor's hand, each with what tools leave, or another moment."""
